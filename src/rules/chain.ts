/** The chain rule of an op that acts entry by entry: ct ⊙ ∂y/∂xᵢ, backward and forward. */

import { computed, FLOAT32, isRecorded, SYMBOLIC, WEAK } from "../tensor/internals.ts";
import { isQuiet, type Op } from "../tensor/op.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { stretchTo, sumRowsTo, sumTo } from "./contraction.ts";
import { Loop, type Traced, traced } from "./fused.ts";

/** ct ⊙ ∂y/∂xᵢ in the library's ops; `null` where no derivative passes. */
export type Chain = (i: number, ct: Tensor, y: Tensor, x: readonly Tensor[]) => Tensor | null;

/**
 * The vjp and the jvp of `chain`, which serves both. While nobody records or watches, it is run as one loop, traced from
 * `each`: the same formula, which looks at numbers in no other way than entry by entry.
 */
export function chained(chain: Chain, each: Chain | null = chain): Pick<Op, "vjp" | "vjps" | "jvp"> {
  const loops: (Traced | undefined)[] = [NEW, NEW, NEW];
  // Three operands at most, each named: no call makes a list of them unless it must.
  const along = (i: number, ct: Tensor, y: Tensor, a: Tensor, b?: Tensor, c?: Tensor): Tensor | null => {
    if (each === null || !isQuiet()) return chain(i, ct, y, listed(a, b, c));
    if (loops[i] === NEW) {
      loops[i] = traced(2 + listed(a, b, c).length, ([ct, y, ...x]) => each(i, ct, y, x));
    }
    const loop = loops[i];
    if (loop === null) return null;
    if (loop === 0) return ct;
    if (!(loop instanceof Loop)) return chain(i, ct, y, listed(a, b, c));
    const size = y.size;
    const type = internals.traitsOf(y) & ABOUT;
    const isPlain =
      (type & ~FLOAT32) === 0 &&
      ct.size === size &&
      fits(ct, size, type) &&
      fits(a, size, type) &&
      (b === undefined || fits(b, size, type)) &&
      (c === undefined || fits(c, size, type));
    if (!isPlain) return chain(i, ct, y, listed(a, b, c));
    if (isRecorded()) {
      const form = { shape: y.shape, dtype: y.dtype };
      return new Tensor(y.shape, computed(loop.primal, form, [ct, y, ...listed(a, b, c)]));
    }
    loop.give(0, internals.entriesOf(ct), size);
    loop.give(1, internals.entriesOf(y), size);
    loop.give(2, internals.entriesOf(a), size);
    if (b !== undefined) loop.give(3, internals.entriesOf(b), size);
    if (c !== undefined) loop.give(4, internals.entriesOf(c), size);
    return new Tensor(y.shape, loop.run(y.dtype, size));
  };
  return {
    vjp: (i, ct, y, a, b, c) => {
      const dx = along(i, ct, y, a, b, c);
      return dx && sumTo(dx, (i === 0 ? a : i === 1 ? b : c).shape);
    },
    // A partial has the axes of y, or fewer, and so broadcasts to every row.
    ...(each !== null && {
      vjps: (i, cts, y, ...x) => {
        const dx = chain(i, cts, y, x);
        return dx && sumRowsTo(dx, x[i].shape);
      },
    }),
    jvp: (i, t, y, a, b, c) => {
      const dy = along(i, t, y, a, b, c);
      return dy && stretchTo(dy, y.shape);
    },
  };
}

/** What stands for a loop that has not been asked for. */
const NEW = -1;

const ABOUT = FLOAT32 | SYMBOLIC | WEAK;

function listed(a: Tensor, b: Tensor | undefined, c: Tensor | undefined): readonly Tensor[] {
  if (b === undefined) return [a];
  return c === undefined ? [a, b] : [a, b, c];
}

/** Whether `x` has as many entries as the result, or one, and its number type or that of a formula's numbers. */
function fits(x: Tensor, size: number, type: number): boolean {
  const own = internals.traitsOf(x);
  if (x.size !== size && x.size !== 1) return false;
  return (own & SYMBOLIC) === 0 && ((own & FLOAT32) === type || (own & WEAK) !== 0);
}
