/** Small data sets, the same for the same seed. */

import { cos, sin } from "../numeric/scalar.ts";
import { checkRoom } from "../tensor/dtype.ts";
import { ValueError } from "../tensor/errors.ts";
import { checkedOptions, kindOf, NUMBER } from "../tensor/options.ts";
import { randn } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { PICTURES } from "./digits-data.ts";

// What the data sets return.

/** Samples and their classes: a row of X and a label each. */
export interface Labelled<N extends number = number, Features extends number = number> {
  /** A sample per row, a feature per column. */
  readonly X: Tensor<[N, Features]>;
  /** The class of each sample, counted from 0. */
  readonly labels: Tensor<[N]>;
}

/** Options of data that is drawn. */
export interface NoiseOptions {
  /** The standard deviation of the normal noise that is added to every coordinate (default 0.1). */
  readonly noise?: number;
}

/** A number of things as asked for: a whole number from 1 to as many as there are. */
export function checkedCount(
  owner: string,
  noun: string,
  n: number,
  most: number = Number.POSITIVE_INFINITY,
): number {
  if (Number.isInteger(n) && n >= 1 && n <= most) return n;
  const range = Number.isFinite(most) ? `to ${most}` : "on";
  throw new ValueError(
    `Cannot make ${owner} of ${typeof n === "number" ? n : kindOf(n)} ${noun}: give a whole number from 1 ${range}`,
  );
}

// Two half circles that reach into each other: the smallest data that no straight line can separate.

/**
 * n points on two half circles of radius 1 that reach into each other, with normal noise from the stream of `seed`:
 * class 0 is (cos φ, sin φ), class 1 is (1 − cos φ, ½ − sin φ), φ from 0 to π. The classes take turns.
 *
 * @throws ValueError when n is not a whole number.
 * @example
 * twoMoons(200).X.shape // [200, 2]
 * twoMoons(4).labels.toArray() // [0, 1, 0, 1]
 */
export function twoMoons<N extends number>(n: N, options?: NoiseOptions): Labelled<N, 2> {
  const { noise = 0.1 } = checkedOptions(options, {
    of: "twoMoons",
    example: "twoMoons(200, { noise: 0.2 })",
    known: { noise: NUMBER },
  });
  const count = checkedCount("two moons", "samples", n);
  checkRoom(`two moons of ${n} samples`, 2 * count);
  const X = new Float64Array(2 * count);
  const labels = new Float64Array(count);
  const jitter = randn(count, 2).data;
  const perMoon = Math.ceil(count / 2);
  for (let i = 0; i < count; i++) {
    const angle = (Math.PI * Math.floor(i / 2)) / Math.max(1, perMoon - 1);
    const isLower = i % 2 === 1;
    labels[i] = isLower ? 1 : 0;
    X[2 * i] = (isLower ? 1 - cos(angle) : cos(angle)) + noise * jitter[2 * i];
    X[2 * i + 1] = (isLower ? 0.5 - sin(angle) : sin(angle)) + noise * jitter[2 * i + 1];
  }
  return { X: new Tensor([n, 2], X), labels: new Tensor([n], labels) };
}

// Spiral arms around one centre: data that needs a network of some width.

/** Options of `spirals`. */
export interface SpiralOptions extends NoiseOptions {
  /** How many arms there are (default 3). */
  readonly classes?: number;
}

/** How far an arm turns from the centre to its end, in full circles. */
const TURNS = 0.75;

/**
 * n points on as many spiral arms as there are classes, with normal noise from the stream of `seed`: on arm c the point
 * at radius r has the angle 2π(c/classes + ¾ r), r from 0.1 to 1. The classes take turns.
 *
 * @throws ValueError when n or the number of classes is not a whole number.
 * @example
 * spirals(300, { classes: 3, noise: 0.05 }).X.shape // [300, 2]
 * spirals(6, { classes: 3 }).labels.toArray() // [0, 1, 2, 0, 1, 2]
 */
export function spirals<N extends number>(n: N, options?: SpiralOptions): Labelled<N, 2> {
  const { classes = 3, noise = 0.05 } = checkedOptions(options, {
    of: "spirals",
    example: "spirals(300, { classes: 3 })",
    known: { classes: NUMBER, noise: NUMBER },
  });
  const count = checkedCount("spirals", "samples", n);
  const arms = checkedCount("spirals", "classes", classes);
  checkRoom(`spirals of ${n} samples`, 2 * count);
  const X = new Float64Array(2 * count);
  const labels = new Float64Array(count);
  const jitter = randn(count, 2).data;
  const perArm = Math.ceil(count / arms);
  for (let i = 0; i < count; i++) {
    const arm = i % arms;
    const radius = 0.1 + (0.9 * Math.floor(i / arms)) / Math.max(1, perArm - 1);
    const angle = 2 * Math.PI * (arm / arms + TURNS * radius);
    labels[i] = arm;
    X[2 * i] = radius * cos(angle) + noise * jitter[2 * i];
    X[2 * i + 1] = radius * sin(angle) + noise * jitter[2 * i + 1];
  }
  return { X: new Tensor([n, 2], X), labels: new Tensor([n], labels) };
}

// Handwritten digits, small enough to ship.

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
