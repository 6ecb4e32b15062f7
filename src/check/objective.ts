/** Finds the objective J whose gradients a formula speaks of when it says dX. */

import { dependsOn } from "../autodiff/tape.ts";
import { toposort } from "../autodiff/toposort.ts";
import { GradientError } from "../errors.ts";
import { internals, type Tensor } from "../tensor.ts";
import type { Names } from "./names.ts";

/** What is differentiated: J = Σ ⟨dY, Y⟩ over its ends. */
export type Objective = readonly End[];

/** A tensor that the objective is a function of, and how steep it is there. */
export interface End {
  readonly y: Tensor;
  /** dY: 1 for a single number, a given one, or `null` for any, drawn anew at every point. */
  readonly cotangent: Tensor | 1 | null;
}

/**
 * The objective of the gradients of `xs`, in this order: that of the last `backward` which reached one of them and
 * depends on all; the number called J in scope, if it depends on all; else any function of the last results among the
 * tensors of the formula, whose names are `labels`, so that dX = dY ⊙ Y can be checked for every dY before there is a J.
 *
 * @throws GradientError when nothing says what the objective is.
 */
export function objectiveOf(
  xs: readonly Tensor[],
  labels: ReadonlyMap<Tensor, string>,
  names: Names,
): Objective {
  const covers = (y: Tensor): boolean => {
    const record = new Set(toposort(y));
    return xs.every((x) => record.has(x));
  };
  const origins = xs.map((x) => internals.originOf(x)).filter((origin) => origin !== null);
  for (const { y, cotangent } of origins) if (covers(y)) return [{ y, cotangent: cotangent ?? 1 }];

  const j = names.tensor("J");
  if (j !== undefined && j.size === 1 && covers(j)) return [{ y: j, cotangent: 1 }];

  const results = [...labels.keys()].filter((y) => xs.some((x) => dependsOn(y, x)));
  const known = [...new Set([...xs, ...results])];
  const ends = known.filter((y) => !known.some((other) => other !== y && dependsOn(other, y)));
  if (xs.some((x) => !ends.includes(x))) return ends.map((y) => ({ y, cotangent: null }));
  const name = labels.get(xs[0]) ?? xs[0].name ?? "X";
  throw new GradientError(
    `Nothing says what d${name} is the gradient of: call J.backward() or Y.backward(dY) first, ` +
      `on something that was computed from ${name}`,
  );
}
