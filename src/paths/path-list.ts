/** The paths of a total derivative, as they are shown. */

import { add, sub } from "../ops/arithmetic.ts";
import { type MimeBundle, makeDisplayable, outputLatex } from "../print/display.ts";
import { latex } from "../print/latex.ts";
import { text } from "../print/text.ts";
import { allclose } from "../tensor/allclose.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { shown, written } from "../tensor/numbers.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { numberTex } from "../tex/matrix.ts";
import { derivativeTex, nameTex } from "../tex/name.ts";
import { plainTex } from "../tex/plain.ts";

/** One path from J back to x. */
export interface Path {
  /** The tensors on it, from J to x. */
  readonly names: readonly PathStop[];
  /** The value of each ∂y/∂x on it, where all its tensors are single numbers. */
  readonly factors: readonly number[] | null;
  /** The product along it: its share of the gradient. */
  readonly contribution: Tensor;
}

/** A tensor on a path. */
export interface PathStop {
  readonly name: string;
  readonly rank: number;
}

type Findings = Pick<Paths, "list" | "count" | "gradient" | "isExact" | "isSymbolic">;

/** The paths from a tensor to J, as `paths(J, x)` finds them. It is shown by being a cell's last value. */
export class Paths {
  /** The paths that are shown. */
  readonly list: readonly Path[];
  /** The number of all paths. */
  readonly count: bigint;
  /** ∂J/∂x, as `backward` finds it. */
  readonly gradient: Tensor;
  /** Whether no path that is left out is larger than one that is shown; see `largestWays`. */
  readonly isExact: boolean;
  /** Whether there are symbols in the record of J: then the numbers mean nothing, and are not shown. */
  readonly isSymbolic: boolean;
  /** The share of the paths that are not shown; `null` if all are. */
  readonly remainder: Tensor | null;

  /** Use `paths(J, x)` instead. */
  constructor({ list, count, gradient, isExact, isSymbolic }: Findings) {
    this.list = list;
    this.count = count;
    this.gradient = gradient;
    this.isExact = isExact;
    this.isSymbolic = isSymbolic;
    const isAll = BigInt(list.length) === count;
    this.remainder = isAll ? null : withoutRecording(() => sub(gradient, this.sum));
  }

  /** The sum of the paths that are shown. */
  get sum(): Tensor {
    return withoutRecording(() =>
      this.list.map(({ contribution }) => contribution).reduce((a, b) => add(a, b)),
    );
  }

  /** Whether the paths add up to the gradient of `backward`; `null` if not all of them were followed. */
  get ok(): boolean | null {
    if (this.remainder !== null) return null;
    return internals.withWitnesses(() => allclose(this.sum, this.gradient));
  }

  /** The LaTeX of the members of the chain, ∂J/∂x first, then its sum over the paths, then the numbers. */
  get members(): string[] {
    return membersOf(this);
  }

  /** The LaTeX, without delimiters: a line for each member. */
  latex(): string {
    return linesAsLatex(this);
  }

  toString(): string {
    return linesAsText(this);
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    return { "text/latex": outputLatex(this.latex()), "text/plain": this.toString() };
  }
}

makeDisplayable(Paths.prototype);

// A total derivative as lines: the sum over its paths, then the numbers, a line for each member of the chain.

/** The most factors of a product that are written, and of a sum that stand in one line. */
const MOST_FACTORS = 10;
const FACTORS_IN_LINE = 12;

/** Two sides, in LaTeX. A line that continues a sum has its sign as relation; a remark has none. */
interface Line {
  readonly left: string;
  readonly relation: "=" | "+" | "-" | "";
  readonly right: string | Tensor;
}

/** The lines in LaTeX. */
export function linesAsLatex(paths: Paths): string {
  const rows = linesOf(paths).map(({ left, relation, right }) => {
    if (right instanceof Tensor) return `${left} &${latex(labelled(left, right)).slice(left.length)}`;
    const isContinued = relation === "+" || relation === "-";
    return `${left} &${isContinued ? "\\quad " : ""}${relation} ${right}`;
  });
  const all = rows.reduce((before, row, k) => `${before} \\\\${gap(rows[k - 1], row)} ${row}`);
  return `\\begin{aligned} ${all} \\end{aligned}`;
}

/** Fractions and matrices below each other must not touch. */
function gap(above: string, below: string): string {
  const tall = [above, below].filter((row) => /\\(frac|begin)/.test(row)).length;
  return tall === 0 ? "" : `[${4 * tall}pt]`;
}

/** The lines as text. */
export function linesAsText(paths: Paths): string {
  const lines = linesOf(paths);
  const width = plainTex(lines[0].left).length;
  return lines
    .map(({ left, relation, right }) => {
      if (right instanceof Tensor) return text(labelled(left, right));
      if (relation === "") return plainTex(right);
      const isContinued = relation === "+" || relation === "-";
      return `${plainTex(left).padEnd(width)} ${isContinued ? "  " : ""}${relation} ${plainTex(right)}`;
    })
    .join("\n");
}

/** The same numbers, which print after `=` behind the left side. */
function labelled(left: string, { shape, data }: Tensor): Tensor {
  const x = new Tensor(shape, data);
  internals.setLabel(x, { tex: left, text: plainTex(left) });
  return x;
}

/**
 * The members of the chain ∂J/∂x = … = …, each in one piece. With matrices, the sum is followed by its value;
 * with symbols, by nothing.
 */
export function membersOf(paths: Paths): string[] {
  const start = [wholeOf(paths), symbols(paths).reduce(plus)];
  if (paths.isSymbolic) return start;
  const sums = numbers(paths)?.map((terms) => terms.reduce(plus));
  return [...start, ...(sums ?? [latex(paths.gradient)])];
}

function linesOf(paths: Paths): Line[] {
  const { list, count, gradient, isSymbolic } = paths;
  const left = wholeOf(paths);
  const length = lengthOf(list);
  const sum = broken(left, symbols(paths), length);
  if (isSymbolic) return [...sum, remark(paths)];
  const isDirect = count === 1n && list[0].names.length === 2;
  if (isDirect) return [{ left, relation: "=", right: gradient }, remark(paths)];
  const inNumbers = numbers(paths)?.flatMap((terms, k) => broken("", terms, k === 0 ? length : 1));
  return [...sum, ...(inNumbers ?? inTensors(paths, left)), remark(paths)];
}

/** ∂J/∂x. */
function wholeOf({ list: [{ names }] }: Paths): string {
  return quotient(names[0], names[names.length - 1]);
}

/** The terms of ∂J/∂x: a product each. */
function symbols({ list, remainder }: Paths): string[] {
  return [...list.map(productOf), ...(remainder === null ? [] : ["\\cdots"])];
}

/**
 * The terms with the numbers of each factor, then of each product, then of the sum, without repetitions; `null` if
 * there are matrices on a path.
 */
function numbers({ list, gradient, remainder }: Paths): string[][] | null {
  const factors = list.map((path) => path.factors);
  if (!factors.every((values) => values !== null)) return null;
  const rest = remainder === null ? [] : [number(remainder.data[0])];
  const products = factors.map((values) =>
    shortened(values.map(number))
      .map((factor) => (values.length > 1 && factor.startsWith("-") ? `(${factor})` : factor))
      .join(" \\cdot ")
      .replace(" \\cdot \\cdots \\cdot ", " \\cdots "),
  );
  const shares = list.map(({ contribution }) => number(contribution.data[0]));
  const sums = [[...products, ...rest], [...shares, ...rest], [number(gradient.data[0])]];
  return sums.filter((terms, k) => k === 0 || terms.reduce(plus) !== sums[k - 1].reduce(plus));
}

/** The factors of the longest product, as far as they are written. */
function lengthOf(list: readonly Path[]): number {
  return Math.max(...list.map(({ names }) => Math.min(MOST_FACTORS, names.length - 1)));
}

/** A sum of products, with as many of them in a line as fit on a page. */
function broken(left: string, terms: readonly string[], factors: number): Line[] {
  const perLine = Math.max(1, Math.floor(FACTORS_IN_LINE / factors));
  return Array.from({ length: Math.ceil(terms.length / perLine) }, (_, k): Line => {
    const [first, ...more] = terms.slice(k * perLine, (k + 1) * perLine);
    if (k === 0) return { left, relation: "=", right: more.reduce(plus, first) };
    const isNegative = first.startsWith("-");
    const right = more.reduce(plus, isNegative ? first.slice(1) : first);
    return { left: "", relation: isNegative ? "-" : "+", right };
  });
}

function plus(sum: string, term: string): string {
  return term.startsWith("-") ? `${sum} - ${term.slice(1)}` : `${sum} + ${term}`;
}

/** The contribution of each path, that of the paths that are not shown, and the gradient. */
function inTensors({ list, count, gradient, remainder }: Paths, left: string): Line[] {
  const further = `\\text{${count - BigInt(list.length)} further paths}`;
  const shares: Line[] = list.map((path) => ({
    left: productOf(path),
    relation: "=",
    right: path.contribution,
  }));
  return [
    ...(count === 1n ? [] : shares), // the one share is the gradient
    ...(remainder === null ? [] : [{ left: further, relation: "=", right: remainder } as const]),
    { left, relation: "=", right: gradient },
  ];
}

/** How many paths there are, and whether they add up. */
function remark({ list, count, ok, isExact }: Paths): Line {
  const others = count - BigInt(list.length);
  const shownOnes = isExact ? `the ${list.length} largest` : `${list.length} large ones`;
  const sentence =
    ok === null
      ? `\\text{${count} paths: ${shownOnes}, then the sum of the ${others} others}`
      : ok
        ? `\\checkmark \\; \\text{${count === 1n ? "1 path, which is" : `${count} paths, which add up to`} what backward gives}`
        : `\\times \\; \\text{failed: the paths do not add up to what backward gives}`;
  return { left: "", relation: "", right: sentence };
}

function quotient(over: PathStop, under: PathStop): string {
  return derivativeTex(nameTex(over.name, over.rank), nameTex(under.name, under.rank));
}

function productOf({ names }: Path): string {
  return shortened(names.slice(1).map((under, k) => quotient(names[k], under))).join(" ");
}

/** The first and the last of a long product. */
function shortened(factors: readonly string[]): string[] {
  return shown(factors.length, MOST_FACTORS).map((k) => (k === null ? "\\cdots" : factors[k]));
}

function number(value: number): string {
  return numberTex(written(value));
}
