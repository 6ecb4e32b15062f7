/** Recognises the mistakes that are made most: what makes a wrong side right says what is wrong with it. */

import { mistakeIn } from "../autodiff/mistake.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { sub } from "../ops/sub.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { compareTensors } from "./compare.ts";

/** The two sides of a false equation at one point, and what could be missing there. */
export interface Suspects {
  readonly right: Tensor;
  readonly written: Tensor;
  /** The matrices that could be a factor, by their names. */
  readonly factors: ReadonlyMap<string, Tensor>;
  /** Numbers that could be one: the dimensions. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The likely mistake, if it is the same at all points. */
export function hint(points: readonly Suspects[]): string | null {
  const [first, ...others] = points.map((point) => new Set(mistakes(point)));
  return [...first].find((mistake) => others.every((other) => other.has(mistake))) ?? null;
}

function* mistakes({ right, written, factors, counts }: Suspects): Generator<string> {
  const isEqual = (a: Tensor, b: Tensor): boolean => {
    if (!sameShape(a.shape, b.shape)) return false;
    const size = [...a.data, ...b.data].reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const comparison = compareTensors(a, b, size);
    return comparison.kind === "agreement" && comparison.doubt === null;
  };
  for (const [name, factor] of factors) {
    if (!sameShape(factor.shape, right.shape)) continue;
    const rest = sub(1, factor);
    const more = add(1, factor);
    if (isEqual(mul(written, factor), right)) yield `the factor ${name} is missing`;
    if (isEqual(mul(written, rest), right)) yield `the factor (1 − ${name}) is missing`;
    if (isEqual(mul(written, more), right)) yield `the factor (1 + ${name}) is missing`;
    if (isEqual(mul(right, factor), written)) yield `the factor ${name} is one too many`;
    if (isEqual(mul(right, rest), written)) yield `the factor (1 − ${name}) is one too many`;
    if (isEqual(sub(written, factor), right)) yield `the term ${name} is one too many`;
    if (isEqual(sub(right, factor), written)) yield `the term ${name} is missing`;
  }
  for (const [name, count] of counts) {
    if (count <= 2) continue; // 2 comes from squares as well
    if (isEqual(mul(written, 1 / count), right)) yield `the factor 1/${name} is missing`;
    if (isEqual(mul(right, 1 / count), written)) yield `the factor 1/${name} is one too many`;
  }
  const mistake = mistakeIn(written, right, isEqual);
  if (mistake !== null) yield mistake;
}
