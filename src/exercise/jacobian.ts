/** Exercises about Jacobian matrices, whose convention must be said, and can be recognised. */

import { jacobian } from "../autodiff/jacobian.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { type Shape, sizeOf, stridesOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { areEqual, type Call, called, judgeTensors } from "./call.ts";
import type { Datum } from "./datum.ts";
import { type Given, givenAt } from "./draw.ts";
import type { Differentiable } from "./gradient.ts";
import { outcomesOf } from "./gradient.ts";
import { type Expected, type Found, failed, passed, scaleOf } from "./judge.ts";
import type { Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** How the derivatives of all entries of Y by all entries of X become one matrix. */
export interface Convention {
  /** In which order vec takes the entries: down the columns, or along the rows. */
  readonly vec: "columns" | "rows";
  /** Whether a row belongs to an entry of Y (numerator layout) or of X (denominator layout). */
  readonly layout: "numerator" | "denominator";
}

/** Options of a Jacobian exercise. */
export interface JacobianOptions extends PartOptions {
  /** What the arguments are called. */
  readonly names?: readonly string[];
  /** By which argument it is differentiated, counted from 0 (default 0). */
  readonly wrt?: number;
  /** The convention that the exercise states (default: vec takes columns, numerator layout). */
  readonly convention?: Convention;
  /** The credit for a matrix that is right in another convention, from 0 to 1 (default ½). */
  readonly otherwise?: number;
  /** Whether the library's derivatives are switched off while the student's function runs (default true). */
  readonly byHand?: boolean;
}

const CONVENTIONS: readonly Convention[] = [
  { vec: "columns", layout: "numerator" },
  { vec: "rows", layout: "numerator" },
  { vec: "columns", layout: "denominator" },
  { vec: "rows", layout: "denominator" },
];

export function jacobianPart(
  f: Differentiable,
  name: string,
  cases: readonly (readonly Given[])[],
  options: JacobianOptions,
): Part {
  const { weight = 1, names = [], wrt = 0, byHand = true, otherwise = 0.5 } = options;
  const stated = options.convention ?? CONVENTIONS[0];
  return {
    kind: "Jacobian",
    of: name,
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const check = `the Jacobian ${name}`;
      const possible = new Set(CONVENTIONS);
      for (const [k, given] of cases.entries()) {
        const draw = run.draw.at(`case ${k}`);
        const args = given.map((one, i) => givenAt(one, draw.at(`${i}`)) as Tensor); // a Jacobian is of tensors
        const inEach = expectedIn(f, args, wrt);
        const call: Call = {
          name,
          args,
          names,
          byHand,
          mistakes: run.mistakes,
          result: "Jacobian",
          judge: (result) => {
            const right = CONVENTIONS.filter((one) => areEqual(result, [expectedOf(inEach, one)]));
            for (const one of [...possible]) if (!right.includes(one)) possible.delete(one);
            return right.length > 0 ? null : judgeTensors(result, [expectedOf(inEach, stated)], name);
          },
          makes: (mistake, result: Datum) =>
            areEqual(
              result,
              outcomesOf(mistake, args).map((value) => ({ ...expectedOf(inEach, stated), value })),
            ),
        };
        const found = yield* called(call);
        if (found !== null) return { check, ...found };
        if (possible.size === 0)
          return { check, ...failed("value", `${name} follows one convention here, and another there`) };
      }
      const isStated = [...possible].some((one) => isSame(one, stated));
      if (isStated) return { check, ...passed(`${name} is right: ${conventionText(stated)}`) };
      const [other] = possible;
      return {
        check,
        ...failed("value", `${name} is right in another convention: ${conventionText(other)}`, {
          credit: otherwise,
          hint: `This exercise asks for this one: ${conventionText(stated)}`,
        }),
      };
    },
  };
}

function isSame(a: Convention, b: Convention): boolean {
  return a.vec === b.vec && a.layout === b.layout;
}

function conventionText({ vec, layout }: Convention): string {
  const rows = layout === "numerator" ? "Y" : "X";
  const columns = layout === "numerator" ? "X" : "Y";
  return `vec takes the entries ${vec === "columns" ? "column by column" : "row by row"}, with a row for each entry of ${rows} and a column for each of ${columns}`;
}

/** The Jacobian in each convention. */
function expectedIn(
  f: Differentiable,
  args: readonly Tensor[],
  wrt: number,
): ReadonlyMap<Convention, Expected> {
  const y = f(...args);
  const x = args[wrt];
  const { data } = withoutRecording(() => jacobian(y, x));
  const scale = scaleOf(...args, new Tensor([data.length], data));
  return new Map(
    CONVENTIONS.map((convention) => {
      const [rows, columns] = [orderOf(y.shape, convention), orderOf(x.shape, convention)];
      const isTurned = convention.layout === "denominator";
      const [outer, inner] = isTurned ? [columns, rows] : [rows, columns];
      const entries = outer.flatMap((a) =>
        inner.map((b) => data[isTurned ? b * x.size + a : a * x.size + b]),
      );
      const value = new Tensor([outer.length, inner.length], Float64Array.from(entries));
      return [convention, { name: "the Jacobian", value, scale }];
    }),
  );
}

function expectedOf(inEach: ReadonlyMap<Convention, Expected>, { vec, layout }: Convention): Expected {
  const found = [...inEach].find(([one]) => one.vec === vec && one.layout === layout);
  if (found === undefined) throw new TypeError("There is no such convention");
  return found[1];
}

/** The positions of the entries in the order of vec. */
function orderOf(shape: Shape, { vec }: Convention): number[] {
  const positions = Array.from({ length: sizeOf(shape) }, (_, k) => k);
  if (vec === "rows" || shape.length < 2) return positions;
  const [rows] = shape;
  const [down] = stridesOf(shape);
  return positions.map((_, k) => (k % rows) * down + Math.floor(k / rows));
}
