/** Two half circles that reach into each other: the smallest data that no straight line can separate. */

import { checkRoom } from "../dtype.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import { randn } from "../random-tensors.ts";
import { cos, sin } from "../scalar.ts";
import { Tensor } from "../tensor.ts";
import { checkedCount, type Labelled, type NoiseOptions } from "./samples.ts";

/**
 * n points on two half circles of radius 1 that reach into each other, with normal noise from the stream of `seed`:
 * class 0 is (cos φ, sin φ), class 1 is (1 − cos φ, ½ − sin φ), φ from 0 to π. The classes take turns.
 *
 * @throws ValueError when n is no whole number.
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
