/** The inputs of an exercise: random, decided by the student, the exercise and the place where they are used. */

import { createRandom } from "../tensor/random.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A stream of inputs. */
export interface Draw {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A whole number from `low` up to but without `high`. */
  whole(low: number, high: number): number;
  /**
   * A tensor that is easy to read and has no special values: two decimals, sizes from 0.1 to 2.5, all different, so
   * that a wrong entry, order or sign shows.
   */
  tensor(...shape: number[]): Tensor;
  /** The same, all entries positive. */
  positive(...shape: number[]): Tensor;
  /** The same inputs for as often as it is called, others for another name. */
  at(name: string): Draw;
}

/** The stream that belongs to some words; other words give unrelated numbers. */
export function drawFor(...words: readonly string[]): Draw {
  const key = words.join("\u0000");
  const random = createRandom(hash(key));
  const whole = (low: number, high: number): number => low + Math.floor(random.uniform() * (high - low));
  const made = (shape: Shape, isPositive: boolean): Tensor => {
    const sizes = new Set<number>();
    const entries = Float64Array.from({ length: sizeOf(shape) }, () => {
      let hundredths = whole(10, 251);
      // All sizes are different as long as there are enough of them.
      for (let k = 0; k < 50 && sizes.has(hundredths); k++) hundredths = whole(10, 251);
      sizes.add(hundredths);
      return (isPositive || random.uniform() < 0.5 ? hundredths : -hundredths) / 100;
    });
    return new Tensor([...shape], entries);
  };
  return {
    uniform: random.uniform,
    whole,
    tensor: (...shape) => made(shape, false),
    positive: (...shape) => made(shape, true),
    at: (name) => drawFor(...words, name),
  };
}

/** 53 bits of a text: two runs of FNV-1a, from different starts. */
function hash(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let k = 0; k < text.length; k++) {
    const sign = text.charCodeAt(k);
    low = Math.imul(low ^ sign, 0x01000193);
    high = Math.imul(high ^ sign ^ (k & 0xff), 0x01000193) ^ (high >>> 15);
  }
  return (low >>> 0) + (high & 0x1fffff) * 4294967296;
}

/** How an argument is made: random of a shape, always the same tensor, or as a function of the stream says. */
export type Given = readonly number[] | Tensor | ((draw: Draw) => unknown);

/** The argument at this place of the stream. */
export function givenAt(given: Given, draw: Draw): unknown {
  if (given instanceof Tensor) return given;
  return typeof given === "function" ? given(draw) : draw.tensor(...given);
}
