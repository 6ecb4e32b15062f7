/**
 * Shapes in the type system: what a tensor's type says about its shape, and the sentence that answers a wrong one.
 * A length that is not a literal is `number` and is checked when the cell runs.
 */

import type { Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** What an elementwise op takes: a tensor, or a number that broadcasts to every entry. */
export type Operand = Tensor | number;

/** The shape of an operand; a number is a scalar. */
export type ShapeOf<X> = X extends Tensor<infer S> ? S : [];

/** A type that no value has, so that the compiler's message shows `Sentence`. */
export interface ShapeProblem<Sentence extends string> {
  readonly __problem: Sentence;
}

/** `"[2, 3]"` for `[2, 3]`. */
export type Show<S extends Shape> = `[${Join<S>}]`;

type Join<S extends Shape> = S extends [infer Only extends number]
  ? `${Only}`
  : S extends [infer First extends number, ...infer Rest extends Shape]
    ? `${First}, ${Join<Rest>}`
    : number extends S["length"]
      ? "…"
      : "";

/** The shape of nested arrays: `[2, 3]` for `[[1, 2, 3], [4, 5, 6]]`; unknown beyond rank 6. */
export type ShapeOfData<D, Depth extends unknown[] = []> = Depth["length"] extends 7
  ? Shape
  : D extends number
    ? []
    : D extends Float64Array | Float32Array
      ? [number]
      : D extends readonly []
        ? [0]
        : D extends readonly [infer First, ...unknown[]]
          ? [D["length"], ...ShapeOfData<First, [...Depth, unknown]>]
          : D extends readonly (infer Inner)[]
            ? [number, ...ShapeOfData<Inner, [...Depth, unknown]>]
            : Shape;

/** What two lengths broadcast to; `never` when they cannot. */
type BroadcastLength<A, B> = A extends 1
  ? B
  : B extends 1
    ? A
    : number extends A
      ? B
      : number extends B
        ? A
        : A extends B
          ? A
          : never;

/** The shape two shapes broadcast to; a length that cannot is `never`. */
export type Broadcast<A extends Shape, B extends Shape> = number extends A["length"] | B["length"]
  ? Shape
  : A extends []
    ? B
    : B extends []
      ? A
      : [A, B] extends [[...infer P extends Shape, infer I], [...infer Q extends Shape, infer J]]
        ? [...Broadcast<P, Q>, BroadcastLength<I, J> & number]
        : Shape;

/** Whether a type is a union: one of several tensors; only the running cell knows which. */
type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

/** `unknown` when the shapes broadcast, or are not known, else the sentence that says why not. */
export type BroadcastCheck<A extends Shape, B extends Shape, Action extends string> = true extends
  | IsUnion<A>
  | IsUnion<B>
  ? unknown
  : true extends ClashOf<Broadcast<A, B>>
    ? ShapeProblem<`Cannot ${Action} shapes ${Show<A>} and ${Show<B>}: ${Clash<A, B, Broadcast<A, B>>}`>
    : unknown;

/** `true` when a length is `never`. */
type ClashOf<S extends Shape> = S extends [infer I, ...infer Rest extends Shape]
  ? [I] extends [never]
    ? true
    : ClashOf<Rest>
  : false;

/** Names the first axis whose lengths clash. */
type Clash<A extends Shape, B extends Shape, S extends Shape, Axis extends unknown[] = []> = S extends [
  infer I,
  ...infer Rest extends Shape,
]
  ? [I] extends [never]
    ? `axis ${Axis["length"]} has lengths ${FromEnd<A, Rest> & number} and ${FromEnd<B, Rest> & number}`
    : Clash<A, B, Rest, [...Axis, unknown]>
  : "";

/** The length of `S` that has as many axes after it as `After`. */
type FromEnd<S extends Shape, After extends unknown[]> = S extends [...infer Init extends Shape, infer Last]
  ? After extends [unknown, ...infer Fewer]
    ? FromEnd<Init, Fewer>
    : Last
  : never;

/** The shape of a matrix product of ranks 1 and 2; unknown beyond. */
export type Matmul<A extends Shape, B extends Shape> = A extends [infer I extends number, number]
  ? B extends [number, infer J extends number]
    ? [I, J]
    : B extends [number]
      ? [I]
      : Shape
  : A extends [number]
    ? B extends [number, infer J extends number]
      ? [J]
      : B extends [number]
        ? []
        : Shape
    : Shape;

/** `unknown` when the inner lengths agree, else the sentence that says why not. */
export type MatmulCheck<A extends Shape, B extends Shape> = true extends IsUnion<A> | IsUnion<B>
  ? unknown
  : A extends [...Shape, infer K extends number]
    ? B extends [infer L extends number] | [infer L extends number, number]
      ? K extends L
        ? unknown
        : number extends K | L
          ? unknown
          : ShapeProblem<`Cannot matmul shapes ${Show<A>} and ${Show<B>}: the inner lengths ${K} and ${L} differ${Hint<K, B>}`>
      : unknown
    : unknown;

/** The way out, when transposing the second matrix gives it the inner length `K`. */
type Hint<K extends number, B extends Shape> = B extends [number, K]
  ? "; the transpose of the second, .T, would fit"
  : "";

/** Options of a reduction such as `sum`. */
export interface ReduceOptions {
  /** The axis or axes to reduce, counted from 0, or from the end when negative; all when left out. */
  readonly axis?: number | readonly number[];
  /** Keeps each reduced axis with length 1. */
  readonly keepdims?: boolean;
}

/** The shape of a reduction, for literal options and rank ≤ 2; unknown beyond. */
export type Reduced<S extends Shape, O extends ReduceOptions> = O extends { readonly axis: infer Axis }
  ? Axis extends number
    ? S extends [number]
      ? O extends { readonly keepdims: true }
        ? [1]
        : []
      : S extends [infer I extends number, infer J extends number]
        ? Axis extends 0 | -2
          ? O extends { readonly keepdims: true }
            ? [1, J]
            : [J]
          : Axis extends 1 | -1
            ? O extends { readonly keepdims: true }
              ? [I, 1]
              : [I]
            : Shape
        : Shape
    : Shape
  : O extends { readonly keepdims: true }
    ? Ones<S>
    : [];

/** As many ones as `S` has axes. */
type Ones<S extends Shape> = S extends [number, ...infer Rest extends Shape]
  ? [1, ...Ones<Rest>]
  : S extends []
    ? []
    : Shape;

/** Nested arrays of the rank of `S`. */
export type NestedOf<S extends Shape> = S extends []
  ? number
  : S extends [number]
    ? number[]
    : S extends [number, number]
      ? number[][]
      : Nested;

/** Numbers in arrays nested to any depth. */
export type Nested = number | Nested[];

/** Numbers in arrays, possibly read-only, nested to any depth: what `tensor` takes. */
export type Data = number | Float64Array | Float32Array | readonly Data[];

/** Indices in a tensor or in nested arrays. */
export type Indices = Tensor | readonly Data[];
