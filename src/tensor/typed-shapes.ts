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

/** Options of ops whose windows slide over the last two axes. One number stands for both axes. */
export interface WindowOptions {
  /** How far the window moves at each step, down and to the right (default 1). */
  readonly stride?: number | readonly [number, number];
  /** How many rows and columns of zeros surround the matrix on each side (default 0). */
  readonly padding?: number | readonly [number, number];
}

/** The shape of `windows`: those of the two axes, then the window's. */
export type Windowed<S extends Shape, K, O> =
  true extends IsUnion<S>
    ? Shape
    : S extends [...infer Before extends Shape, infer A extends number, infer B extends number]
      ? [...Before, ...Counts<A, B, K, O>, At<K, 0>, At<K, 1>]
      : Shape;

/** The shape after pooling: windows lie side by side unless there is a stride. */
export type Pooled<S extends Shape, K, O> =
  true extends IsUnion<S>
    ? Shape
    : S extends [...infer Before extends Shape, infer A extends number, infer B extends number]
      ? [...Before, ...Counts<A, B, K, O extends { readonly stride: unknown } ? O : { readonly stride: K }>]
      : Shape;

/** The shape of a convolution, for the ranks that there are. */
export type Convolved<X extends Shape, W extends Shape, O> = true extends IsUnion<X> | IsUnion<W>
  ? Shape
  : W extends [infer K extends number, infer L extends number]
    ? X extends [infer A extends number, infer B extends number]
      ? Counts<A, B, [K, L], O>
      : Shape
    : W extends [infer Out extends number, number, infer K extends number, infer L extends number]
      ? X extends [number, infer A extends number, infer B extends number]
        ? [Out, ...Counts<A, B, [K, L], O>]
        : X extends [infer N extends number, number, infer A extends number, infer B extends number]
          ? [N, Out, ...Counts<A, B, [K, L], O>]
          : Shape
      : Shape;

/** `unknown` when the window fits, or nobody knows, else the sentence that says why not. */
export type WindowedCheck<S extends Shape, K, O, Action extends string = "take windows of"> = O extends {
  readonly padding: unknown;
}
  ? unknown
  : true extends IsUnion<S>
    ? unknown
    : S extends [...infer Before extends Shape, infer A extends number, infer B extends number]
      ? WindowProblem<`${Action} shape ${Show<S>}`, Before, Counts<A, B, K, unknown>, [A, B], K>
      : unknown;

/** The same for a kernel that is the window, and for its channels. */
export type ConvolvedCheck<X extends Shape, W extends Shape, O> = true extends IsUnion<X> | IsUnion<W>
  ? unknown
  : X extends [...infer Before extends Shape, infer A extends number, infer B extends number]
    ? W extends [infer K extends number, infer L extends number]
      ? O extends { readonly padding: unknown }
        ? unknown
        : WindowProblem<
            `conv2d shapes ${Show<X>} and ${Show<W>}`,
            Before,
            Counts<A, B, [K, L], unknown>,
            [A, B],
            [K, L]
          >
      : unknown
    : unknown;

/** The sentence for the first axis along which no window fits. */
type WindowProblem<Action extends string, Before extends Shape, C, S extends Shape, K> = C extends [
  infer I,
  infer J,
]
  ? [I] extends [never]
    ? ShapeProblem<`Cannot ${Action}: along axis ${Before["length"]} the window has ${At<K, 0>}, and there are ${S[0]}; a smaller one fits`>
    : [J] extends [never]
      ? ShapeProblem<`Cannot ${Action}: along axis ${[...Before, 0]["length"] & number} the window has ${At<K, 1>}, and there are ${S[1]}; a smaller one fits`>
      : unknown
  : unknown;

/** How many windows lie along each of two axes. */
type Counts<A extends number, B extends number, K, O> = [
  Count<A, At<K, 0>, Option<O, "stride", 0, 1>, Option<O, "padding", 0, 0>>,
  Count<B, At<K, 1>, Option<O, "stride", 1, 1>, Option<O, "padding", 1, 0>>,
];

/** One of a pair; a number stands for both. */
type At<K, I extends 0 | 1> = K extends readonly [number, number] ? K[I] : K extends number ? K : number;

/** An option of one of the axes, or what it is by default. */
type Option<O, Name extends string, I extends 0 | 1, Default extends number> = O extends {
  readonly [N in Name]: infer Given;
}
  ? At<Given, I>
  : Default;

/** (A + 2P − K) ÷ S + 1 for literals, counted by tuples of that length; `never` when the window does not fit. */
type Count<A extends number, K extends number, S extends number, P extends number> = number extends
  | A
  | K
  | S
  | P
  ? number
  : true extends IsUnion<A> | IsUnion<K> | IsUnion<S> | IsUnion<P>
    ? number
    : [Line<A>, Line<K>, Line<S>, Line<P>] extends [
          infer LA extends 0[],
          infer LK extends 0[],
          infer LS extends 0[],
          infer LP extends 0[],
        ]
      ? number extends LA["length"] | LK["length"] | LS["length"] | LP["length"]
        ? number
        : [...LP, ...LA, ...LP] extends [...LK, ...infer Rest extends 0[]]
          ? Steps<Rest, LS>
          : never
      : number;

/** A tuple of that many zeros; for more than 500, of any number of them. */
type Line<N extends number, L extends 0[] = []> = L["length"] extends N
  ? L
  : L["length"] extends 500
    ? 0[]
    : Line<N, [...L, 0]>;

/** One more than how often `S` can be taken off `Rest`. */
type Steps<Rest extends 0[], S extends 0[], Done extends 0[] = [0]> = Rest extends [
  ...S,
  ...infer Less extends 0[],
]
  ? Steps<Less, S, [...Done, 0]>
  : Done["length"] & number;
