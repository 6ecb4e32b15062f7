/** Draws other numbers for the leaves of a record, of the kind that were there. */

import { allocate } from "../dtype.ts";
import type { Random } from "../random.ts";
import * as scalar from "../scalar.ts";
import { Tensor } from "../tensor.ts";

/** How far from the session's numbers the new ones lie. */
export type Boldness = "free" | "signed" | "near";

/** From the boldest to the most careful: where a logarithm has no value at free numbers, keep their signs. */
export const BOLDNESS: readonly Boldness[] = ["free", "signed", "near"];

/**
 * Numbers in place of those of `x`. One-hot rows stay one-hot, probabilities probabilities, and ones ones, as formulas
 * may rely on it; `isVariable` tells that something is differentiated by `x`, so that it can have any numbers.
 */
export function drawn(x: Tensor, random: Random, boldness: Boldness, isVariable: boolean): Tensor {
  if (!isVariable) {
    if (x.data.every((value) => value === 1)) return x.detach();
    if (areProbabilities(x)) return probabilities(x, random);
  }
  const size = magnitude(x);
  const entries = allocate(x.dtype, x.size);
  for (let k = 0; k < x.size; k++) entries[k] = other(x.data[k], size, random, boldness);
  return new Tensor([...x.shape], entries);
}

function other(value: number, size: number, random: Random, boldness: Boldness): number {
  switch (boldness) {
    case "free":
      return size * random.normal();
    case "signed":
      return (value === 0 ? size : value) * scalar.exp(random.normal() / 2);
    case "near":
      return value + 0.01 * size * random.normal();
  }
}

/** The root mean square of the entries that are not 0. */
function magnitude(x: Tensor): number {
  const entries = Array.from(x.data).filter((value) => value !== 0 && Number.isFinite(value));
  const total = entries.reduce((sum, value) => sum + value * value, 0);
  return entries.length === 0 ? 1 : Math.sqrt(total / entries.length);
}

/** Whether each row is made of numbers from 0 to 1 that add up to 1, and there is more than one. */
function areProbabilities(x: Tensor): boolean {
  const length = x.shape.at(-1) ?? 1;
  if (length < 2 || x.data.some((value) => !(value >= 0 && value <= 1))) return false;
  return rowsOf(x).every((row) => Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-6);
}

function probabilities(x: Tensor, random: Random): Tensor {
  const entries = allocate(x.dtype, x.size);
  rowsOf(x).forEach((row, r) => {
    const isOneHot = row.every((value) => value === 0 || value === 1);
    const weights = row.map(() => scalar.exp(random.normal()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shift = Math.floor(random.uniform() * row.length);
    row.forEach((_, k) => {
      entries[r * row.length + k] = isOneHot ? row[(k + shift) % row.length] : weights[k] / total;
    });
  });
  return new Tensor([...x.shape], entries);
}

function rowsOf(x: Tensor): number[][] {
  const length = x.shape.at(-1) ?? 1;
  return Array.from({ length: x.size / length }, (_, r) =>
    Array.from(x.data.subarray(r * length, (r + 1) * length)),
  );
}
