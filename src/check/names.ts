/** What the names in a formula mean: the tensors and numbers of the session, and the functions. */

import * as ops from "../ops/index.ts";
import type { Call, Described, FormulaCall } from "../tensor/op.ts";
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

  /** A tensor is found under its variable and under its own name, as in Z^[O]; the variable wins. */
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

  /** "did you mean Y or J?": the names closest to an unknown one, those first that its formula is about. */
  suggestion(name: string, formula: string): string {
    const close = (other: string): number => {
      const [a, b] = [name.toLowerCase(), other.toLowerCase()];
      return distance(a, b) + (a[0] === b[0] ? 0 : 0.5);
    };
    const words = new Set(formula.match(/\p{L}[\p{L}\d]*/gu));
    const rank = (other: string): number =>
      close(other) - (words.has(other) || words.has(`d${other}`) ? 1 : 0);
    const near = this.#spellings.filter((other) => close(other) <= Math.max(1.5, name.length - 1));
    const best = near.toSorted((a, b) => rank(a) - rank(b)).slice(0, 2);
    if (best.length === 0 && this.#spellings.length === 0) return "no tensor or number has a name yet";
    if (best.length === 0) return `the names here are ${list(this.#spellings.slice(0, 8), "and")}`;
    return `did you mean ${list(best, "or")}?`;
  }
}

function isNamed(value: unknown): value is Named {
  return typeof value === "number" || value instanceof Tensor;
}

/** One spelling for all of these: W1, W_1, W_{1} and W₁; alpha and α; Z^{[O]} and Z^[O]. */
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

/** The ops that a formula can call: each says how. */
const CALLS: ReadonlyMap<string, FormulaCall> = new Map(
  Object.entries(ops as Readonly<Record<string, Described>>).flatMap(([name, { formula }]) =>
    formula === undefined ? [] : [[name, formula] as const],
  ),
);

/** The ops by what mathematics calls them. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [...CALLS].flatMap(([name, { aliases = [] }]) => aliases.map((alias) => [alias, name] as const)),
);

/** The op that a name in a formula means. */
export function opName(name: string): string {
  return ALIASES.get(name) ?? name;
}

/** How the function of this name is called; undefined when there is none. */
export function callable(name: string): FormulaCall | undefined {
  return CALLS.get(opName(name));
}

/** The names of all functions. */
export const FUNCTIONS: readonly string[] = [...CALLS.keys(), ...ALIASES.keys()];

/** The function, by the name of its op, along an axis that is counted from 1. */
export function functionOf(name: string, axis: number | null): Call {
  // All of these take tensors, and options where they act along an axis.
  const op = (ops as unknown as Record<string, (...x: unknown[]) => ReturnType<Call>>)[name];
  return (...x) => (axis === null ? op(...x) : op(...x, { axis: axis - 1 }));
}
