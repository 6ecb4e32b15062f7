/** What the names in a formula mean: the tensors and numbers of the session, and the functions. */

import * as ops from "../ops/index.ts";
import type { Call } from "../tensor/op.ts";
import { Tensor } from "../tensor/tensor.ts";
import { greekLetter } from "./tokens.ts";

// What the names in a formula mean: the tensors and numbers of the session, under any of their spellings.

/** What a formula can name. */
export type Named = Tensor | number;

const SUBSCRIPT_DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** The names in scope. */
export class Names {
  readonly #values = new Map<string, Named>();
  readonly #spellings: string[] = [];

  /** A tensor is found under its variable and under its own name, as in Z^[O]; the variable goes first. */
  constructor(variables: Iterable<readonly [name: string, value: unknown]>) {
    const known = [...variables].filter((pair): pair is [string, Named] => isNamed(pair[1]));
    for (const [name, value] of known) {
      this.#values.set(canonical(name), value);
      this.#spellings.push(name);
    }
    for (const [, value] of known) {
      const own = value instanceof Tensor ? value.name : null;
      if (own !== null && !this.#values.has(canonical(own))) {
        this.#values.set(canonical(own), value);
        this.#spellings.push(own);
      }
    }
  }

  /** The tensors in scope, each with the first of its names. */
  get labels(): Map<Tensor, string> {
    const labels = new Map<Tensor, string>();
    for (const name of this.#spellings) {
      const value = this.get(name);
      if (value instanceof Tensor && !labels.has(value)) labels.set(value, name);
    }
    return labels;
  }

  get(name: string): Named | undefined {
    return this.#values.get(canonical(name));
  }

  /** The tensor that a name without indices means. */
  tensor(name: string): Tensor | undefined {
    const value = this.get(name);
    return value instanceof Tensor ? value : undefined;
  }

  /** The tensor whose entries are written with this letter: x_ij is an entry of X, or of x. */
  withEntries(name: string): Tensor | undefined {
    const [first] = name;
    const capital = this.tensor(first.toUpperCase() + name.slice(first.length));
    const own = this.tensor(name);
    return own !== undefined && (own.rank > 0 || capital === undefined) ? own : capital;
  }

  /** "did you mean Y or J?": the names closest to one that is not there. */
  suggestion(name: string): string {
    const close = (other: string): number => {
      const [a, b] = [name.toLowerCase(), other.toLowerCase()];
      return distance(a, b) + (a[0] === b[0] ? 0 : 0.5);
    };
    const near = this.#spellings.filter((other) => close(other) <= Math.max(1.5, name.length - 1));
    const best = near.toSorted((a, b) => close(a) - close(b)).slice(0, 2);
    if (best.length === 0 && this.#spellings.length === 0) return "no tensor or number has a name yet";
    if (best.length === 0) return `the names here are ${list(this.#spellings.slice(0, 8), "and")}`;
    return `did you mean ${list(best, "or")}?`;
  }
}

function isNamed(value: unknown): value is Named {
  return typeof value === "number" || value instanceof Tensor;
}

/** One spelling for all: W1, W_1, W_{1} and W₁; alpha and α; Z^{[O]} and Z^[O]. */
function canonical(name: string): string {
  const plain = name
    .replace(
      /[₀-₉]+/g,
      (digits) => `_${Array.from(digits, (digit) => SUBSCRIPT_DIGITS.indexOf(digit)).join("")}`,
    )
    .replace(/[{}]/g, "");
  const [, letters, digits, scripts] = /^(.[^\d_^]*)(\d*)(.*)$/su.exec(plain) ?? ["", plain, "", ""];
  return greekLetter(letters) + (digits && `_${digits}`) + scripts;
}

function list(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** How many letters must be added, dropped or changed to turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

// The functions a formula can call: ops of the library, and the names that mathematics gives them.

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
