/** Symbols: matrices with letters for lengths, for derivations that are about no numbers in particular. */

import { allocate } from "./dtype.ts";
import { ValueError } from "./errors.ts";
import { createRandom } from "./random.ts";
import { sizeOf } from "./shape.ts";
import { internals, Tensor } from "./tensor.ts";

/**
 * A letter stands for a length that equals only itself and is never 1. So that every op works on symbols as on numbers,
 * and every check of a derivation has something to evaluate, each letter has a length of its own behind the scenes: a
 * prime from this list, large enough not to be met by accident.
 */
const PRIMES: readonly number[] = [11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];

const witnesses = new Map<string, number>();

function witness(letter: string): number {
  const known = witnesses.get(letter);
  if (known !== undefined) return known;
  const prime = PRIMES[witnesses.size];
  if (prime === undefined) {
    throw new ValueError(`Cannot use ${letter} as a length: a session has room for ${PRIMES.length} letters`);
  }
  witnesses.set(letter, prime);
  return prime;
}

/**
 * A matrix of which nothing is known but its name and its shape; a length is a number or a letter such as "α" or "N".
 * It prints as the generic matrix (x_ij), and so does what is computed from it.
 *
 * @example
 * symbol("X", "α", "β").rank // 2
 */
export function symbol(name: string, ...dims: (number | string)[]): Tensor {
  const shape = dims.map((dim) => (typeof dim === "number" ? dim : witness(dim)));
  const entries = allocate("float64", sizeOf(shape));
  const random = createRandom(witnesses.size);
  for (let k = 0; k < entries.length; k++) entries[k] = 0.3 + 1.4 * random.uniform(); // where every op is defined
  const x = new Tensor(shape, entries).as(name);
  internals.setDims(
    x,
    dims.map((dim) => (typeof dim === "number" ? null : dim)),
  );
  return x;
}
