/** The shapes on which the tests try an op, by its kind. */

import type { Call, Interval, Sample } from "../tensor/op.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ReduceOptions } from "../tensor/typed-shapes.ts";

const ANY: Interval = [-2, 2];

const UNARY: readonly Shape[] = [[2, 3], [], [3], [1, 4], [2, 1, 3], [0, 2]];

const BINARY: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], []],
  [[], [3]],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[4], [2, 3, 1]],
];

/** Samples of an elementwise op of one argument. */
export function unarySamples(call: Call, domain: Interval = ANY, definition?: Call): Sample[] {
  return UNARY.map((shape) => ({
    shapes: [shape],
    call,
    domain: [domain],
    ...(definition && { definition }),
  }));
}

/** Samples of an op of two arguments, by default an elementwise one. */
export function binarySamples(
  call: Call,
  domain: readonly Interval[] = [ANY, ANY],
  shapes: readonly (readonly [Shape, Shape])[] = BINARY,
): Sample[] {
  return shapes.map((pair) => ({ shapes: pair, call, domain }));
}

/** What a reduction requires of its samples, besides the axes. */
export interface Terrain {
  readonly domain?: Interval;
  readonly distinct?: boolean;
}

/** Samples of a reduction, for each way to choose axes. */
export function reductionSamples(
  call: (x: Tensor, options: ReduceOptions) => Tensor,
  { domain = ANY, distinct = false }: Terrain = {},
): Sample[] {
  const cases: [Shape, ReduceOptions][] = [
    [[2, 3], {}],
    [[], {}],
    [[2, 3], { axis: 0 }],
    [[2, 3], { axis: -1, keepdims: true }],
    [[2, 3, 2], { axis: [0, 2] }],
    [[2, 3, 2], { axis: 1, keepdims: true }],
  ];
  return cases.map(([shape, options]) => ({
    shapes: [shape],
    call: (x) => call(x, options),
    domain: [domain],
    distinct,
  }));
}
