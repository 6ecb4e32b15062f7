/** Arithmetic and comparisons of two numbers, each with a loop of its own: in most of them nothing else takes the time. */

import {
  type Condition,
  isAtMost,
  isEqual,
  isLess,
  minus,
  type Num,
  negative,
  not,
  or,
  over,
  plus,
  select,
  times,
} from "./formula.ts";
import { withFormula } from "./map.ts";

type Two = (x: number, y: number) => number;

/** The sum. */
export const add: Two = withFormula(
  (x: number, y: number): number => x + y,
  (x: Num, y: Num) => plus(x, y),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] + b[w];
  },
  2,
);

/** The difference. */
export const sub: Two = withFormula(
  (x: number, y: number): number => x - y,
  (x: Num, y: Num) => minus(x, y),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] - b[w];
  },
  2,
);

/** The product. */
export const mul: Two = withFormula(
  (x: number, y: number): number => x * y,
  (x: Num, y: Num) => times(x, y),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] * b[w];
  },
  2,
);

/** The quotient. */
export const div: Two = withFormula(
  (x: number, y: number): number => x / y,
  (x: Num, y: Num) => over(x, y),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] / b[w];
  },
  2,
);

/** The negative. */
export const neg: (x: number) => number = withFormula(
  (x: number): number => -x,
  negative,
  (length, y, yi, a, ai, da) => {
    for (let k = 0, x = ai; k < length; k++, x += da) y[yi + k] = -a[x];
  },
  1,
);

/** The square. */
export const square: (x: number) => number = withFormula(
  (x: number): number => x * x,
  (x: Num) => times(x, x),
  (length, y, yi, a, ai, da) => {
    for (let k = 0, x = ai; k < length; k++, x += da) y[yi + k] = a[x] * a[x];
  },
  1,
);

// Comparisons: 1 where it holds, else 0.

const indicator = (holds: Condition): Num => select(holds, 1, 0);

export const ge: Two = withFormula(
  (x: number, y: number): number => (x >= y ? 1 : 0),
  (x: Num, y: Num) => indicator(isAtMost(y, x)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] >= b[w] ? 1 : 0;
  },
  2,
);

export const gt: Two = withFormula(
  (x: number, y: number): number => (x > y ? 1 : 0),
  (x: Num, y: Num) => indicator(isLess(y, x)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] > b[w] ? 1 : 0;
  },
  2,
);

export const le: Two = withFormula(
  (x: number, y: number): number => (x <= y ? 1 : 0),
  (x: Num, y: Num) => indicator(isAtMost(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] <= b[w] ? 1 : 0;
  },
  2,
);

export const lt: Two = withFormula(
  (x: number, y: number): number => (x < y ? 1 : 0),
  (x: Num, y: Num) => indicator(isLess(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] < b[w] ? 1 : 0;
  },
  2,
);

export const eq: Two = withFormula(
  (x: number, y: number): number => (x === y ? 1 : 0),
  (x: Num, y: Num) => indicator(isEqual(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] === b[w] ? 1 : 0;
  },
  2,
);

export const ne: Two = withFormula(
  (x: number, y: number): number => (x !== y ? 1 : 0),
  (x: Num, y: Num) => indicator(not(isEqual(x, y))),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = a[x] !== b[w] ? 1 : 0;
  },
  2,
);

// Products in which a 0 stops the other factor, even ∞ or NaN.

/** x y, and 0 where x is 0. */
export const stoppedByFirst: Two = withFormula(
  (x: number, y: number): number => (x === 0 ? 0 : x * y),
  (x: Num, y: Num) => select(isEqual(x, 0), 0, times(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db)
      y[yi + k] = a[x] === 0 ? 0 : a[x] * b[w];
  },
  2,
);

/** x y, and 0 where y is 0. */
export const stoppedBySecond: Two = withFormula(
  (x: number, y: number): number => (y === 0 ? 0 : x * y),
  (x: Num, y: Num) => select(isEqual(y, 0), 0, times(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db)
      y[yi + k] = b[w] === 0 ? 0 : a[x] * b[w];
  },
  2,
);

/** x y, and 0 where one of them is 0. */
export const stoppedByEither: Two = withFormula(
  (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y),
  (x: Num, y: Num) => select(or(isEqual(x, 0), isEqual(y, 0)), 0, times(x, y)),
  (length, y, yi, a, ai, da, b, bi, db) => {
    for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) {
      y[yi + k] = a[x] === 0 || b[w] === 0 ? 0 : a[x] * b[w];
    }
  },
  2,
);
