/** Evaluates a derivation at random points, against central differences. */

import { centralDifference } from "../autodiff/central-difference.ts";
import { grad } from "../autodiff/grad.ts";
import { Mask } from "../mask.ts";
import { plainNumber } from "../numbers.ts";
import { toTensor } from "../op.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { createRandom } from "../random.ts";
import { entryName, sameShape } from "../shape.ts";
import { internals, Tensor } from "../tensor.ts";
import type { Operand } from "../typed-shapes.ts";
import { replayed, type Situation } from "./situation.ts";
import type { Verdict } from "./step.ts";

const TRIALS = 8;
/** The most entries that differences are taken at in one trial; of a larger operand, another choice in each. */
const ENTRIES = 24;
const STEP = 1e-5;
const TOLERANCE = 1e-6;

/** Checks the rule's gradient, and its local derivative where it has one, near the operands of the situation. */
export function verify(situation: Situation): Verdict {
  const random = createRandom(1);
  let worst = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const operands = new Set(situation.inputs.filter((x) => !internals.isLiteral(x)));
    const at = new Map(Array.from(operands, (x) => [x, moved(x, random.uniform)]));
    const y = replayed(situation, at);
    const ct = new Tensor([...y.shape], Float64Array.from({ length: y.size }, random.normal));
    const x = at.get(situation.x) as Tensor; // the operand in question is one of them
    const along = (moving: Tensor): number =>
      inner(ct, replayed(situation, new Map(at).set(situation.x, moving)));
    const chosen = positions(x.size, random.uniform);
    const differences = chosen.map((k) => centralDifference(along, x, k, STEP));
    const gradient = grad(y, x, { cotangent: ct });
    for (const form of [gradient, ...localForm(situation, y, at, ct)]) {
      for (const [j, k] of chosen.entries()) {
        const [a, d] = [form.data[k], differences[j]];
        const error = Math.abs(a - d) / (1 + Math.abs(d));
        if (!(error <= TOLERANCE)) {
          const counterexample =
            `at ${entryName(k, x.shape)} the formula gives ${plainNumber(a)}, ` +
            `the central difference ${plainNumber(d)}`;
          const step = form === gradient ? "closed" : "expanded";
          return { ok: false, trials: trial + 1, error, counterexample, step };
        }
        worst = Math.max(worst, error);
      }
    }
  }
  return { ok: true, trials: TRIALS, error: worst };
}

/** dy ⊙ ∂y/∂x, entry by entry, as the expanded matrix shows it: only where no axis is summed. */
function localForm(
  { op, inputs, x }: Situation,
  y: Tensor,
  at: ReadonlyMap<Tensor, Tensor>,
  ct: Tensor,
): Tensor[] {
  const moved = inputs.map((input) => at.get(input) ?? input);
  if (op.local === undefined || !sameShape(y.shape, x.shape)) return [];
  const shares = inputs.flatMap((input, k) =>
    input === x ? [op.local?.(k, y, ...moved) as Operand | Mask] : [],
  );
  const terms = shares.map((share) =>
    mul(ct, share instanceof Mask ? share.share : toTensor(op.name, share)),
  );
  return [terms.reduce((sum, term) => add(sum, term))];
}

/** Near the operand, and away from it enough to say something: a domain such as x > 0 is kept. */
function moved(x: Tensor, uniform: () => number): Tensor {
  return new Tensor(
    [...x.shape],
    Float64Array.from(x.data, (entry) => entry * (0.7 + 0.6 * uniform()) || 0.1 + uniform()),
  );
}

/** All positions of a small operand; of a large one, some at random. */
function positions(size: number, uniform: () => number): number[] {
  if (size <= ENTRIES) return Array.from({ length: size }, (_, k) => k);
  return Array.from({ length: ENTRIES }, () => Math.floor(size * uniform()));
}

function inner(a: Tensor, b: Tensor): number {
  return a.data.reduce((total, entry, k) => total + entry * b.data[k], 0);
}
