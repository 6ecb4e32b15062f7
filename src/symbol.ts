/** Symbols: matrices with letters for lengths, for derivations that are about no numbers in particular. */

import { allocate, checkRoom } from "./dtype.ts";
import { ValueError } from "./errors.ts";
import { numberOrKind } from "./kind-of.ts";
import { checkText } from "./options.ts";
import { createRandom } from "./random.ts";
import { sizeOf } from "./shape.ts";
import { internals, Tensor } from "./tensor.ts";
import { letterCount, letteredShape, witness } from "./witness.ts";

/**
 * A matrix of which nothing is known but its name and its shape; a length is a number or a letter such as "α" or "N".
 * It prints as the generic matrix (x_ij), and so does what is computed from it.
 *
 * @example
 * symbol("X", "α", "β").rank // 2
 */
export function symbol(name: string, ...dims: (number | string)[]): Tensor {
  checkText("name a symbol", name, 'symbol("X", "α", "β")');
  for (const dim of dims) {
    if (typeof dim === "string" || (Number.isInteger(dim) && dim >= 0)) continue;
    throw new ValueError(
      `Cannot give ${name} ${numberOrKind(dim)} as a length: a length is a letter or a whole number, as in ` +
        'symbol("X", "α", 3)',
    );
  }
  const shape = dims.map((dim) => (typeof dim === "number" ? dim : witness(dim)));
  checkRoom(`the symbol ${name} of shape [${dims.join(", ")}]`, sizeOf(shape));
  const entries = allocate("float64", sizeOf(shape));
  const random = createRandom(letterCount());
  for (let k = 0; k < entries.length; k++) entries[k] = 0.3 + 1.4 * random.uniform(); // where every op is defined
  const x = new Tensor(letteredShape(shape), entries).as(name);
  internals.setDims(
    x,
    dims.map((dim) => (typeof dim === "number" ? null : dim)),
  );
  return x;
}
