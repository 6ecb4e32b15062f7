/** The functions a formula can call: ops of the library, and the names that mathematics gives them. */

import type { Call } from "../op.ts";
import * as ops from "../ops/index.ts";

/** What a formula must know of a function. */
export interface Callable {
  /** How many arguments it takes. */
  readonly arity: number;
  /** Whether it acts entry by entry, so that it can be applied to an entry as well. */
  readonly isPointwise: boolean;
  /** Whether an axis can be written as a subscript: sum_1(X) sums along the first. */
  readonly hasAxis: boolean;
}

function kind(names: string, arity: number, isPointwise: boolean, hasAxis = false): [string, Callable][] {
  return names.split(" ").map((name) => [name, { arity, isPointwise, hasAxis }]);
}

const CALLABLE: ReadonlyMap<string, Callable> = new Map([
  ...kind(
    "abs exp expm1 log log1p reciprocal relu sigmoid sign sin cos softplus sqrt square tanh neg",
    1,
    true,
  ),
  ...kind("maximum minimum add sub mul div pow ge gt le lt eq ne", 2, true),
  ...kind("where", 3, true),
  ...kind("sum mean max min prod variance norm logsumexp argmax", 1, false, true),
  ...kind("softmax logSoftmax transpose trace diag det inv", 1, false),
  ...kind("matmul dot outer kron solve mse crossEntropy binaryCrossEntropy", 2, false),
]);

const ALIASES: Readonly<Record<string, string>> = {
  σ: "sigmoid",
  ReLU: "relu",
  ln: "log",
  tr: "trace",
  var: "variance",
};

/** The op that a name in a formula means. */
export function opName(name: string): string {
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
}

/** What is known of the function of this name; undefined when there is none. */
export function callable(name: string): Callable | undefined {
  return CALLABLE.get(opName(name));
}

/** The names of all functions. */
export const FUNCTIONS: readonly string[] = [...CALLABLE.keys(), ...Object.keys(ALIASES)];

/** The function, by the name of its op, along an axis that is counted from 1. */
export function functionOf(name: string, axis: number | null): Call {
  // The table above names ops that take tensors, and options where they have an axis.
  const op = (ops as unknown as Record<string, (...x: unknown[]) => ReturnType<Call>>)[name];
  return (...x) => (axis === null ? op(...x) : op(...x, { axis: axis - 1 }));
}
