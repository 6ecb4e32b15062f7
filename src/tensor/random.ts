/** Random numbers from a seed, with the same digits on every engine, and tensors of them. */

import { cos, log } from "../numeric/scalar.ts";
import { checkRoom } from "./dtype.ts";
import { ValueError } from "./errors.ts";
import { type Shaped, shaped } from "./make.ts";
import { checkNumbers, numberOrKind } from "./options.ts";
import type { Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A stream of random numbers. */
export interface Random {
  /** The next number, uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** The next number, normal with mean 0 and variance 1; it takes two uniform ones. */
  normal(): number;
  /**
   * Starts the stream again, at the place that belongs to a whole number.
   *
   * @throws {ValueError} if the seed is not a whole number that a double holds exactly
   */
  seed(value: number): void;
}

/**
 * A stream of random numbers that the seed decides: equal seeds give equal streams, neighbouring seeds unrelated ones.
 *
 * @throws {ValueError} if the seed is not a whole number that a double holds exactly
 */
export function createRandom(seed: number): Random {
  let next = xoshiro128(stateOf(seed));
  const uniform = () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992; // (27 bits · 2²⁶ + 26 bits) / 2⁵³
  };
  return {
    uniform,
    // Box and Muller: a point of the normal plane has radius √(−2 log u) and angle 2πv. Its second coordinate is
    // thrown away, so that a stream has no memory besides its state.
    normal: () => Math.sqrt(-2 * log(1 - uniform())) * cos(2 * Math.PI * uniform()),
    seed: (value) => {
      next = xoshiro128(stateOf(value));
    },
  };
}

/**
 * The generator xoshiro128** of Blackman and Vigna: whole numbers of 32 bits, with period 2¹²⁸ − 1.
 * The state is four such numbers, not all 0.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** Spreads the 53 bits and the sign of a seed over a state. */
function stateOf(seed: number): [number, number, number, number] {
  if (!Number.isSafeInteger(seed)) {
    throw new ValueError(
      `Cannot seed random numbers with ${numberOrKind(seed)}: take a whole number such as 42`,
    );
  }
  const low = seed >>> 0;
  const high = Math.floor(seed / 4294967296) >>> 0;
  const first = splitmix32(low);
  const second = splitmix32(high ^ first());
  return [second(), second(), first(), second()];
}

/** A sequence that visits every whole number of 32 bits once, scrambled: neighbouring starts give unrelated numbers. */
function splitmix32(start: number): () => number {
  let position = start;
  return () => {
    position = (position + 0x9e3779b9) | 0; // 2³² divided by the golden ratio
    let z = position;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

function rotateLeft(word: number, places: number): number {
  return (word << places) | (word >>> (32 - places));
}

// Tensors of random numbers, from one stream that `seed` starts again.

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

/**
 * Random whole numbers, each of those from `low` up to but without `high` as likely as another, of a shape.
 *
 * @throws ValueError when the bounds are not whole numbers, or none lies between them.
 * @example
 * randint(0, 10, [2, 3]).shape // [2, 3]
 * randint(7, 8, [2]).toArray() // [7, 7]
 */
export function randint<S extends Shape>(low: number, high: number, shape: [...S]): Tensor<S> {
  checkNumbers("randint", "randint(0, 10, [2, 3])", { low, high });
  if (![low, high, high - low].every(Number.isSafeInteger) || low >= high) {
    throw new ValueError(
      `Cannot draw whole numbers from ${low} up to ${high}: give two whole numbers, the ` +
        "smaller one first, as in randint(0, 10, [2, 3])",
    );
  }
  return shaped("randint", () => low + Math.floor(random.uniform() * (high - low)))(shape);
}

/**
 * The whole numbers from 0 up to but without n in a random order, each order as likely as another: indices for `take`.
 *
 * @throws ValueError when n is not a whole number from 0 on.
 * @example
 * sum(permutation(5)).item() // 10
 */
export function permutation<N extends number>(n: N): Tensor<[N]> {
  if (!Number.isInteger(n) || n < 0) {
    throw new ValueError(
      `Cannot permute ${numberOrKind(n)} numbers: give a whole number from 0 on, as in permutation(5)`,
    );
  }
  checkRoom(`permutation of ${n} numbers`, n);
  const order = Float64Array.from({ length: n }, (_, k) => k);
  // Fisher and Yates: the last place takes one of all that are left, then the place before it.
  for (let last = n - 1; last > 0; last--) {
    const chosen = Math.floor(random.uniform() * (last + 1));
    [order[last], order[chosen]] = [order[chosen], order[last]];
  }
  return new Tensor([n], order);
}
