/** Exercises about gradients: a student's function from dY and the arguments to the gradients. */

import { slopeOf } from "../autodiff/central-difference.ts";
import { grad } from "../autodiff/grad.ts";
import { judge } from "../autodiff/judgement.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { Tensor } from "../tensor/tensor.ts";
import { areEqual, type Call, calledOnAll, judgeTensors } from "./call.ts";
import { type Draw, type Given, givenAt } from "./draw.ts";
import { type Expected, type Found, scaleOf } from "./judge.ts";
import type { Mistake, Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** Options of a gradient exercise. */
export interface GradientOptions extends PartOptions {
  /** What the arguments are called (default X, or X₁, X₂, …). */
  readonly names?: readonly string[];
  /** Which arguments have a gradient, counted from 0 (default all). */
  readonly wrt?: readonly number[];
  /** Whether the library's derivatives are switched off while the student's function runs (default true). */
  readonly byHand?: boolean;
  /** The allowed relative error of an entry (default 1e−6). */
  readonly tolerance?: number;
}

/** A differentiable function, as a teacher gives it. */
export type Differentiable = (...xs: Tensor[]) => Tensor;

/** How often arguments are drawn anew until they are away from kinks. */
const MOST_DRAWS = 20;

export function gradientPart(
  f: Differentiable,
  name: string,
  cases: readonly (readonly Given[])[],
  options: GradientOptions,
): Part {
  const { weight = 1, byHand = true } = options;
  return {
    kind: "gradient",
    of: name,
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      let unsaid: string | null = null;
      const calls = function* (): Generator<Call> {
        for (const [k, given] of cases.entries()) {
          const point = pointFor(f, given, run.draw.at(`case ${k}`), options);
          unsaid ??= point.unsaid;
          const { dY, xs, expected, names } = point;
          const args = [dY, ...xs];
          yield {
            name,
            args,
            names: ["dY", ...names],
            byHand,
            mistakes: run.mistakes,
            result: expected.map((one) => one.name).join(", "),
            judge: (result) => judgeTensors(result, expected, name),
            makes: (mistake, result) => {
              const wrong = outcomesOf(mistake, args);
              return areEqual(
                result,
                wrong.map((value, i) => ({ ...(expected[i] ?? expected[0]), value })),
              );
            },
          };
        }
      };
      const found = yield* calledOnAll(calls(), (count) => praise(name, count));
      const check = `the gradient ${name}`;
      if (unsaid !== null)
        return {
          check,
          verdict: "unsaid",
          credit: 0,
          message: `The check of ${name} came to nothing: ${unsaid}`,
        };
      return { check, ...found };
    },
  };

  function praise(of: string, count: number): string {
    return `${of} agrees with the derivative under a random dY${count === 1 ? "" : `, for ${count} lists of shapes`}`;
  }
}

/** What a known mistake gives, as a list. */
export function outcomesOf({ wrong }: Mistake, args: readonly unknown[]): Tensor[] {
  const result: unknown = typeof wrong === "function" ? wrong(...args) : wrong;
  return (Array.isArray(result) ? result : [result]).map((one: unknown) =>
    one instanceof Tensor ? one : new Tensor([], Float64Array.of(Number(one))),
  );
}

/** Arguments, an upstream gradient, and the gradients there. */
interface GradientPoint {
  readonly dY: Tensor;
  readonly xs: readonly Tensor[];
  readonly names: readonly string[];
  readonly expected: readonly Expected[];
  /** Why the check cannot be trusted here: differences do not confirm the library. */
  readonly unsaid: string | null;
}

function pointFor(
  f: Differentiable,
  given: readonly Given[],
  draw: Draw,
  options: GradientOptions,
): GradientPoint {
  const isFixed = given.every((one) => one instanceof Tensor);
  let point = pointAt(f, given, draw.at("0"), options);
  for (let k = 1; k < MOST_DRAWS && point.confirmation !== "holds" && !isFixed; k++)
    point = pointAt(f, given, draw.at(`${k}`), options);
  // At a kink, which only a teacher's own numbers meet, differences say nothing: the declared convention counts.
  const unsaid =
    point.confirmation === "fails" && !isFixed
      ? "differences do not confirm the derivative of the library"
      : null;
  return { ...point, unsaid };
}

function pointAt(
  f: Differentiable,
  given: readonly Given[],
  draw: Draw,
  { names: ownNames, wrt, tolerance }: GradientOptions,
): GradientPoint & { confirmation: "holds" | "fails" | "unsaid" } {
  const xs = given.map((one) => givenAt(one, draw) as Tensor); // a gradient's arguments are tensors
  const names = xs.map((_, k) => ownNames?.[k] ?? (xs.length === 1 ? "X" : `X${"₁₂₃₄₅₆₇₈₉"[k]}`));
  const chosen = wrt ?? xs.map((_, k) => k);
  const y = f(...xs);
  const dY = draw.tensor(...y.shape);
  const gradients = grad(
    y,
    chosen.map((k) => xs[k]),
    { cotangent: dY },
  );
  const scale = scaleOf(dY, ...xs, ...gradients);
  const expected = gradients.map((value, i) => ({
    name: `d${names[chosen[i]]}`,
    value,
    like: names[chosen[i]],
    scale,
    ...(tolerance !== undefined && { tolerance }),
  }));
  const confirmation = confirm(f, xs, dY, chosen, gradients, draw);
  return { dY, xs, names, expected, confirmation, unsaid: null };
}

/** What central differences along a random direction say of each gradient; the worst counts. */
function confirm(
  f: Differentiable,
  xs: readonly Tensor[],
  dY: Tensor,
  chosen: readonly number[],
  gradients: readonly Tensor[],
  draw: Draw,
): "holds" | "fails" | "unsaid" {
  const verdicts = chosen.map((k, i) => {
    const x = xs[k];
    const v = draw.tensor(...x.shape).data;
    const along = (h: number): Float64Array => {
      const moved = new Tensor(
        [...x.shape],
        Float64Array.from(x.data, (entry, e) => entry + h * v[e]),
      );
      const y = withoutRecording(() => f(...xs.with(k, moved)));
      return Float64Array.from(y.data, (entry, e) => entry * dY.data[e]);
    };
    const slope = gradients[i].data.reduce((sum, entry, e) => sum + entry * v[e], 0);
    return judge(slope, slopeOf(along, 0, 1), 1e-5).kind;
  });
  return verdicts.includes("fails") ? "fails" : verdicts.includes("unsaid") ? "unsaid" : "holds";
}
