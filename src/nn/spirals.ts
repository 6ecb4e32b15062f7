/** Spiral arms around one centre: data that needs a network of some width. */

import { checkRoom } from "../dtype.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import { randn } from "../random-tensors.ts";
import { cos, sin } from "../scalar.ts";
import { Tensor } from "../tensor.ts";
import { checkedCount, type Labelled, type NoiseOptions } from "./samples.ts";

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
 * @throws ValueError when n or the number of classes is no whole number.
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
