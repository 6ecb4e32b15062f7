/** Makes ops again from JSON. */

import { contract } from "../contraction.ts";
import type { Dtype } from "../dtype.ts";
import { call } from "../latex/tex.ts";
import { carry, carryBoth, pass, weigh } from "../mask.ts";
import type { Recipe } from "../op.ts";
import { directed } from "../ops/directed.ts";
import * as ops from "../ops/index.ts";
import { timesLog } from "../ops/power.ts";
import { sigmoidLean, sigmoidSlope, tanhSlope } from "../ops/slopes.ts";
import { select } from "../select.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

type Made = (...x: Tensor[]) => Tensor;

/** The makers of ops whose names do not say it all, by the `maker` of the recipes that `Op` has. */
const MAKERS: Readonly<Record<string, (recipe: never) => Made>> = {
  contract:
    ({ name, indices, lengths, divisor, stops }: Parameters<typeof contract>[0]): Made =>
    (...x) =>
      contract(
        {
          name,
          indices,
          ...(lengths && { lengths }),
          ...(divisor !== undefined && { divisor }),
          ...(stops !== undefined && { stops }),
        },
        ...x,
      ),
  fold:
    ({ name, axis, keepdims }: { name: string; axis: number[]; keepdims: boolean }): Made =>
    (x) =>
      named(name)(x, { axis, keepdims } as unknown as Tensor), // an options object, as reductions take one
  select:
    ({ name, from, to, positions }: Selected): Made =>
    (x) =>
      select({ name, tex: call(`\\operatorname{${name}}`), from, to, positions }, x),
  reshape:
    ({ shape }: { shape: number[] }): Made =>
    (x) =>
      ops.reshape(x, ...shape),
  concat:
    ({ axis }: { axis: number }): Made =>
    (...x) =>
      ops.concat(x, { axis }),
  cast:
    ({ dtype }: { dtype: Dtype }): Made =>
    (x) =>
      ops.cast(x, dtype),
  softmax:
    ({ axis = -1 }: { axis?: number }): Made =>
    (x) =>
      ops.softmax(x, { axis }),
  logSoftmax:
    ({ axis = -1 }: { axis?: number }): Made =>
    (x) =>
      ops.logSoftmax(x, { axis }),
  relu:
    ({ at0 }: { at0: 0 | 1 }): Made =>
    (x) =>
      ops.relu(x, { at0 }),
  pow:
    ({ exponent }: { exponent: number }): Made =>
    (x) =>
      ops.pow(x, exponent),
  detach: () => (x) => x.detach(),
  pass: () => pass as Made,
  carry: () => carry as Made,
  weigh: () => weigh as Made,
  carryBoth: () => carryBoth as Made,
  directed: () => directed as Made,
  sigmoidSlope: () => sigmoidSlope as Made,
  sigmoidLean: () => sigmoidLean as Made,
  tanhSlope: () => tanhSlope as Made,
  timesLog: () => timesLog as Made,
};

interface Selected {
  readonly name: string;
  readonly from: Shape;
  readonly to: Shape;
  readonly positions: readonly number[];
}

/** Whether an op can be made again. */
export function isMakeable(recipe: unknown): recipe is Recipe {
  const maker = (recipe as Recipe | undefined)?.maker;
  return typeof maker === "string" && (Object.hasOwn(MAKERS, maker) || Object.hasOwn(ops, maker));
}

/** The op of a recipe, applied. */
export function remake(recipe: Recipe, x: readonly Tensor[]): Tensor {
  const made = Object.hasOwn(MAKERS, recipe.maker)
    ? MAKERS[recipe.maker](recipe as never) // each maker reads what the op of that name has written
    : named(recipe.maker);
  return made(...x);
}

function named(name: string): Made {
  return (ops as unknown as Record<string, Made>)[name]; // every export of ops/ is a function of tensors
}
