/** Tensors of random numbers, from one stream that `seed` starts again. */

import { type Shaped, shaped } from "./make.ts";
import { createRandom } from "./random.ts";

const random = createRandom(0);

/**
 * Starts the random numbers again at the place that belongs to a whole number; the same seed gives the same digits on
 * every machine. A session starts at 0.
 *
 * @throws ValueError when it is no whole number.
 * @example
 * seed(1);
 * const first = rand(2).toArray();
 * seed(1);
 * allclose(rand(2), first) // true
 */
export function seed(n: number): void {
  random.seed(n);
}

/**
 * Random numbers, uniform from 0 up to but without 1, of the shape given as numbers or as one array.
 *
 * @example
 * rand(2, 3).ge(0).mean().item() // 1
 */
export const rand: Shaped = shaped("rand", random.uniform);

/**
 * Random numbers, normal with mean 0 and variance 1, of the shape given as numbers or as one array.
 *
 * @example
 * randn(2, 3).shape // [2, 3]
 */
export const randn: Shaped = shaped("randn", random.normal);
