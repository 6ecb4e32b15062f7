/** A total derivative as lines: the sum over its paths, then the numbers, a line for each member of the chain. */

import { latex } from "../latex/latex.ts";
import { numberTex } from "../latex/matrix.ts";
import { nameTex } from "../latex/name.ts";
import { plainTex } from "../latex/plain.ts";
import { shown, written } from "../numbers.ts";
import { internals, Tensor } from "../tensor.ts";
import { text } from "../text.ts";
import type { Path, PathStop, Paths } from "./path-list.ts";

/** The most factors of a product that are written, and of a sum that stand in one line. */
const MOST_FACTORS = 10;
const FACTORS_IN_LINE = 12;

/** Two sides, in LaTeX. A line that continues a sum has its sign for a relation; a remark has none. */
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

/** Fractions and matrices one below the other must not touch. */
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
 * The members of the chain ∂J/∂x = … = …, each in one piece. Where there are matrices, the sum is followed by its value;
 * where there are symbols, by nothing.
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
 * The terms with the numbers of each factor, then of each product, then of the sum, what repeats left out; `null` where
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

/** A sum of products, as many of them in a line as fit a page. */
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

/** The contribution of each path, of those that are not shown, and the gradient. */
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

/** How many paths there are, and whether they were found to add up. */
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
  return `\\frac{\\partial ${nameTex(over.name, over.rank)}}{\\partial ${nameTex(under.name, under.rank)}}`;
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
