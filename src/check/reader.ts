/** Reads a formula from left to right: where it has come to, and what may stand there. */

import { ValueError } from "../tensor/errors.ts";
import { kindOf } from "../tensor/options.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Expr, FormulaError } from "./grammar.ts";
import type { Names } from "./names.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Stands in the source for an interpolated value, ${value}. */
export const VALUE = "⬚";

/** The rules of the grammar that the parts of the parser call. */
export interface Rules {
  readonly comparison: (reader: Reader) => Expr;
  readonly sum: (reader: Reader) => Expr;
  readonly product: (reader: Reader) => Expr;
  readonly factor: (reader: Reader) => Expr;
}

/** The tokens of a formula, taken one by one. */
export class Reader {
  readonly source: string;
  readonly names: Names;
  readonly #rules: Rules;
  /** The innermost | or ‖ that is open, which the next one closes. */
  bar: "|" | "‖" | null = null;
  /** The indices of the sums around the current place. */
  readonly bound: Set<string> = new Set();
  #tokens: Token[];
  #position = 0;
  readonly #values: readonly Expr[];

  constructor(source: string, start: number, names: Names, values: readonly Expr[], rules: Rules) {
    this.#rules = rules;
    this.source = source;
    this.names = names;
    this.#tokens = tokensOf(source, start);
    this.#values = values;
  }

  get token(): Token {
    return this.#tokens[this.#position];
  }

  /** The token after the current one. */
  get next(): Token {
    return this.ahead(1);
  }

  /** The n-th token after the current one. */
  ahead(n: number): Token {
    return this.#tokens[Math.min(this.#position + n, this.#tokens.length - 1)];
  }

  get before(): Token | undefined {
    return this.#tokens[this.#position - 1];
  }

  /** Where the last token that was taken ends. */
  get lastEnd(): number {
    return this.before?.end ?? 0;
  }

  /** Whether the current token directly follows the one before. */
  get isAdjacent(): boolean {
    return this.token.at === this.lastEnd;
  }

  is(text: string): boolean {
    return this.token.text === text;
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== "end") this.#position++;
    return token;
  }

  /** Takes the current token if it is one of `texts`. */
  accept(...texts: string[]): boolean {
    if (!texts.includes(this.token.text)) return false;
    this.take();
    return true;
  }

  /** Takes a token that must come next; `purpose` ends the sentence of the error. */
  expect(text: string, purpose: string): void {
    if (!this.accept(text)) throw this.error(`Before ${this.token.text} there must come ${text} ${purpose}`);
  }

  /** Reads by a rule of the grammar. */
  read(rule: keyof Rules): Expr {
    return this.#rules[rule](this);
  }

  /** What stands between two brackets. */
  group(open: string, close: string): Expr {
    this.expect(open, "to open a group");
    const inner = this.within(null, () => this.read("comparison"));
    this.expect(close, `to close the ${open} before`);
    return inner;
  }

  /** Reads what stands after an opening bar, or after a bracket, within which no bar is open. */
  within<R>(bar: "|" | "‖" | null, read: () => R): R {
    const outer = this.bar;
    this.bar = bar;
    const inner = read();
    this.bar = outer;
    return inner;
  }

  /** Whether a ‖ comes next, or two | in its place. */
  get isNorm(): boolean {
    return this.is("‖") || (this.is("|") && this.next.text === "|" && this.next.at === this.token.end);
  }

  /** Replaces the current token by its parts. */
  split(parts: readonly string[]): void {
    const { kind, at } = this.token;
    let start = at;
    const tokens = parts.map((text) => {
      const token: Token = { kind, text, at: start, end: start + text.length };
      start = token.end;
      return token;
    });
    this.#tokens = this.#tokens.toSpliced(this.#position, 1, ...tokens);
  }

  /** Whether an interpolated value comes next. */
  isValue(): boolean {
    return this.is(VALUE);
  }

  takeValue(): Expr {
    const { at } = this.take();
    const index = this.source.slice(0, at).split(VALUE).length - 1;
    return { ...this.#values[index], at };
  }

  error(problem: string, at: number = this.token.at): FormulaError {
    return new FormulaError(problem, this.source, at);
  }
}

// The source of a formula that was written as a template literal, ${values} included.

/** What can stand in a formula as ${value}. */
export type Interpolated = Tensor | number;

/** The source, with a placeholder for each value, and what the placeholders stand for. */
export function sourceOf(
  strings: TemplateStringsArray,
  values: readonly Interpolated[],
): { source: string; exprs: Expr[] } {
  const { raw } = (strings ?? {}) as Partial<TemplateStringsArray>;
  if (!Array.isArray(raw)) {
    throw new ValueError(
      `Cannot read ${kindOf(strings)} as a formula: it stands between backticks, without parentheses, as in ` +
        "check`dX = dY Wᵀ` or math`X W`",
    );
  }
  const exprs = values.map((value): Expr => {
    if (typeof value === "number") return { kind: "number", value, at: 0 };
    if (value instanceof Tensor)
      return { kind: "tensor", tensor: value, label: value.name ?? "the tensor", at: 0 };
    throw new ValueError(
      `Cannot put ${kindOf(value)} into a formula: only tensors and numbers have a meaning there`,
    );
  });
  // Raw, so that the backslashes of LaTeX stay what they are.
  return { source: raw.join(VALUE), exprs };
}

/** The names that `check.with` or `math.with` was given. */
export function scopeOf<Names extends object>(tag: string, names: Names): Names {
  if (typeof names === "object" && names !== null && !Array.isArray(names) && !(names instanceof Tensor))
    return names;
  throw new ValueError(
    `Cannot call ${tag}.with with ${kindOf(names)}: give tensors by their names, as in ${tag}.with({ X, Y })`,
  );
}
