/**
 * Formulas on numbers that are written once: called with numbers they compute, called with terms they say what is to be
 * computed, from which `formula-kernel.ts` makes instructions for two numbers at a time. Both give the same bits, as each
 * operation here is one that IEEE 754 fixes.
 *
 * A branch of a formula is a `select`, where both sides are computed, or `rarely`, where one side mostly is not.
 */

import { exponentOf, powerOfTwo } from "./rounding.ts";

/** A number, or what stands for one. */
export type Num = number | Term;

/** Whether something holds, or what stands for that. */
export type Condition = boolean | Term;

/** What an operation on terms is. */
export type Operation =
  | "argument"
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "abs"
  | "sqrt"
  | "floor"
  | "withSign"
  | "powerOfTwo"
  | "exponentOf"
  | "significandOf"
  | "rounded"
  | "less"
  | "lessOrEqual"
  | "equal"
  | "not"
  | "and"
  | "or"
  | "select"
  | "rarely";

/** An operation on what comes before it. The same operation on the same operands is one term. */
export class Term {
  readonly operation: Operation;
  readonly operands: readonly (Num | Condition)[];

  constructor(operation: Operation, operands: readonly (Num | Condition)[]) {
    this.operation = operation;
    this.operands = operands;
  }
}

let known = new Map<string, Term>();
let names = new Map<Term, number>();

/** What a formula of so many arguments computes, as terms. */
export function traced(body: (...x: Num[]) => Num, arity: number): { readonly x: Term[]; readonly y: Num } {
  known = new Map();
  names = new Map();
  const x = Array.from({ length: arity }, (_, k) => term("argument", k));
  return { x, y: body(...x) };
}

function term(operation: Operation, ...operands: (Num | Condition)[]): Term {
  const key = `${operation} ${operands.map(nameOf).join(" ")}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = new Term(operation, operands);
  known.set(key, made);
  names.set(made, names.size);
  return made;
}

const nameOf = (x: Num | Condition): string =>
  x instanceof Term ? `t${names.get(x)}` : Object.is(x, -0) ? "-0" : String(x);

// Arithmetic. Several operands are taken from left to right, as + and * do.

/** The sum. */
export function plus(first: Num, ...rest: Num[]): Num {
  let sum = first;
  for (const x of rest) {
    sum = typeof sum === "number" && typeof x === "number" ? sum + x : term("add", sum, x);
  }
  return sum;
}

/** The product. */
export function times(first: Num, ...rest: Num[]): Num {
  let product = first;
  for (const x of rest) {
    product = typeof product === "number" && typeof x === "number" ? product * x : term("mul", product, x);
  }
  return product;
}

export const minus = (x: Num, y: Num): Num =>
  typeof x === "number" && typeof y === "number" ? x - y : term("sub", x, y);

export const over = (x: Num, y: Num): Num =>
  typeof x === "number" && typeof y === "number" ? x / y : term("div", x, y);

export const negative = (x: Num): Num => (typeof x === "number" ? -x : term("neg", x));
export const size = (x: Num): Num => (typeof x === "number" ? Math.abs(x) : term("abs", x));
export const root = (x: Num): Num => (typeof x === "number" ? Math.sqrt(x) : term("sqrt", x));
export const floor = (x: Num): Num => (typeof x === "number" ? Math.floor(x) : term("floor", x));

/** y for y ≥ 0, and −y where x is below 0, or −0. */
export const withSignOf = (x: Num, y: Num): Num =>
  typeof x === "number" && typeof y === "number"
    ? x < 0 || Object.is(x, -0)
      ? -y
      : y
    : term("withSign", x, y);

// A number as m · 2ᵏ.

/** 2ᵏ for a whole number k from −1022 to 1023; anything for another. */
export const twoToThe = (k: Num): Num =>
  typeof k === "number" ? (powerOfTwo(k) ?? Number.NaN) : term("powerOfTwo", k);

/** The k for which |x| = m · 2ᵏ with m in [1, 2), for a normal number x. */
export const exponent = (x: Num): Num => (typeof x === "number" ? exponentOf(x) : term("exponentOf", x));

/** That m for a normal number x > 0. */
export const significand = (x: Num): Num =>
  typeof x === "number" ? x * powerOfTwo(-exponentOf(x)) : term("significandOf", x);

/** The single float nearest to x. */
export const rounded = (x: Num): Num => (typeof x === "number" ? Math.fround(x) : term("rounded", x));

// Conditions.

export const isLess = (x: Num, y: Num): Condition =>
  typeof x === "number" && typeof y === "number" ? x < y : term("less", x, y);

export const isAtMost = (x: Num, y: Num): Condition =>
  typeof x === "number" && typeof y === "number" ? x <= y : term("lessOrEqual", x, y);

export const isEqual = (x: Num, y: Num): Condition =>
  typeof x === "number" && typeof y === "number" ? x === y : term("equal", x, y);

export const not = (p: Condition): Condition => (typeof p === "boolean" ? !p : term("not", p));

export const and = (p: Condition, q: Condition): Condition =>
  typeof p === "boolean" && typeof q === "boolean" ? p && q : term("and", p, q);

export const or = (p: Condition, q: Condition): Condition =>
  typeof p === "boolean" && typeof q === "boolean" ? p || q : term("or", p, q);

/** x where the condition holds, else y. */
export const select = (condition: Condition, x: Num, y: Num): Num =>
  typeof condition === "boolean" ? (condition ? x : y) : term("select", condition, x, y);

/** What `seldom` gives where the condition holds, which it seldom does, else x. */
export const rarely = (condition: Condition, seldom: () => Num, x: Num): Num =>
  typeof condition === "boolean" ? (condition ? seldom() : x) : term("rarely", condition, seldom(), x);

// What rounding has lost, as in `rounding.ts`.

/** The upper 26 bits of x, rounded. */
export function upperBits(x: Num): Num {
  const shifted = times(x, 134217729);
  return minus(shifted, minus(shifted, x));
}

/** The e for which x + y = sum + e exactly. */
export function lostInSum(x: Num, y: Num, sum: Num): Num {
  const yPart = minus(sum, x);
  const xPart = minus(sum, yPart);
  return plus(minus(x, xPart), minus(y, yPart));
}

/** The e for which x · y = product + e exactly. */
export function lostBy(x: Num, y: Num, product: Num): Num {
  const [xHigh, yHigh] = [upperBits(x), upperBits(y)];
  const [xLow, yLow] = [minus(x, xHigh), minus(y, yHigh)];
  const rest = minus(minus(minus(product, times(xHigh, yHigh)), times(xLow, yHigh)), times(xHigh, yLow));
  return minus(times(xLow, yLow), rest);
}
