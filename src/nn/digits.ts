/** Handwritten digits, small enough to ship. */

import { Tensor } from "../tensor.ts";
import { PICTURES } from "./digits-data.ts";
import { checkedCount, type Labelled } from "./samples.ts";

const COUNT = 500;
const PIXELS = 64;

/**
 * Up to 500 pictures of handwritten digits, 8 × 8 pixels each: a row of X has the 64 grey values from 0 (white) to 1
 * (black), row by row, and its label is the digit. `X.slice(0).reshape(8, 8)` is the first picture.
 *
 * They come from "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak (1998), UCI Machine Learning
 * Repository, https://doi.org/10.24432/C50P49, licensed CC BY 4.0: the first of its test set, divided by 16.
 *
 * @throws ValueError when n is not a whole number from 1 to 500.
 * @example
 * digits().X.shape // [500, 64]
 * digits(5).labels.toArray() // [0, 1, 2, 3, 4]
 */
export function digits<N extends number = 500>(n?: N): Labelled<N, 64> {
  const count = checkedCount("a set of digits", "samples", n ?? COUNT, COUNT) as N; // N is 500 where n is left out
  const X = new Float64Array(count * PIXELS);
  const labels = new Float64Array(count);
  const lines = PICTURES.trim().split("\n");
  for (let i = 0; i < count; i++) {
    labels[i] = Number(lines[i][0]);
    for (let k = 0; k < PIXELS; k++) X[i * PIXELS + k] = Number.parseInt(lines[i][k + 1], 17) / 16;
  }
  return { X: new Tensor([count, PIXELS], X), labels: new Tensor([count], labels) };
}
