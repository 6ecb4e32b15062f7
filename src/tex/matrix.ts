/** A tensor's numbers as a LaTeX matrix, its decimal points aligned and its size kept readable. */

import {
  fromJsonNumber,
  type JsonNumber,
  MOST,
  MOST_IN_BLOCKS,
  shown,
  type Written,
  written,
} from "../tensor/numbers.ts";
import { sizeOf } from "../tensor/shape.ts";

/** Numbers with a shape, the last axis running fastest: a tensor, or what a saved notebook keeps of one. */
export interface Numbers {
  readonly shape: readonly number[];
  /** By position; a tensor that is shown in part needs only those at `shownPositions`. */
  readonly data: Readonly<Record<number, number>>;
}

/** How much of a matrix is written. */
export interface MatrixStyle {
  /** The most rows and columns; without it, as many as a page has room for. */
  readonly most?: number | undefined;
  /** The digits after the point. */
  readonly decimals?: number | undefined;
}

/** The columns for which LaTeX's `pmatrix` has room; KaTeX and MathJax would take more. */
const MOST_IN_PMATRIX = 10;

/**
 * The entries of `x` in parentheses, at most `most` rows and columns of them: a vector as a column, rank 3 as a column
 * of matrices, rank 4 as a grid of them. From rank 5 on, and for a tensor without entries, there is nothing to draw:
 * `null`.
 */
export function matrixTex({ shape, data }: Numbers, style: MatrixStyle = {}): string | null {
  if (shape.length > 4 || shape.includes(0)) return null;
  const { most = mostOf(shape), decimals } = style;
  const entry = (position: number): Written => written(data[position], decimals);
  return shape.length === 0 ? numberTex(entry(0)) : block(entry, shape, 0, most);
}

/** Whether `matrixTex` leaves entries out. */
export function isTruncated({ shape }: Pick<Numbers, "shape">, most: number = mostOf(shape)): boolean {
  return shape.length > 4 || shape.some((length) => length > most);
}

/** The positions of the entries that are written when nobody asks for more, in order. */
export function shownPositions(shape: readonly number[]): number[] {
  if (shape.length > 4) return [];
  const most = mostOf(shape);
  return shape.reduce<number[]>(
    (before, length) =>
      before.flatMap((position) =>
        shown(length, most).flatMap((at) => (at === null ? [] : position * length + at)),
      ),
    [0],
  );
}

/** How many rows and columns of a tensor of this shape a page has room for. */
function mostOf({ length }: readonly number[]): number {
  return length > 2 ? MOST_IN_BLOCKS : MOST;
}

/** Where a tensor of these lengths lives: ℝ^{α×β}, or ℝ for a scalar. */
export function spaceTex(lengths: readonly (string | number)[]): string {
  return lengths.length === 0 ? "\\mathbb{R}" : `\\mathbb{R}^{${lengths.join(" \\times ")}}`;
}

function block(
  entry: (position: number) => Written,
  shape: readonly number[],
  offset: number,
  most: number,
): string {
  const [rowCount, columnCount, ...inner] = shape.length % 2 === 1 ? [shape[0], 1, ...shape.slice(1)] : shape;
  const step = sizeOf(inner);
  const rows = shown(rowCount, most);
  const columns = shown(columnCount, most);
  const at = (row: number, column: number): number => offset + (row * columnCount + column) * step;
  const cell =
    inner.length > 0
      ? (row: number, column: number) => block(entry, inner, at(row, column), most)
      : alignedCells(columns, rows, (row, column) => entry(at(row, column)));
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        if (row !== null && column !== null) return cell(row, column);
        return row !== null ? "\\cdots" : column !== null ? "\\vdots" : "\\ddots";
      })
      .join(" & "),
  );
  const newLine = inner.length > 0 ? " \\\\[4pt] " : " \\\\ "; // matrices in a matrix must not touch
  const body = lines.join(newLine);
  if (columns.length <= MOST_IN_PMATRIX) return `\\begin{pmatrix} ${body} \\end{pmatrix}`;
  return `\\left(\\begin{array}{${"r".repeat(columns.length)}} ${body} \\end{array}\\right)`;
}

/** The cells of a matrix, each made as wide as its column needs, so that points stand below points. */
function alignedCells(
  columns: readonly (number | null)[],
  rows: readonly (number | null)[],
  entry: (row: number, column: number) => Written,
): (row: number, column: number) => string {
  const widths = new Map(
    columns
      .filter((column) => column !== null)
      .map((column) => {
        const entries = rows.filter((row) => row !== null).map((row) => entry(row, column));
        return [column, widthOf(entries)];
      }),
  );
  return (row, column) => padded(entry(row, column), widths.get(column) as Width); // every shown column has one
}

interface Width {
  readonly sign: boolean;
  readonly whole: number;
  readonly fraction: number;
}

/** NaN, ∞ and powers of ten keep their own width. */
function isAligned({ whole, exponent }: Written): boolean {
  return exponent === null && /^\d/.test(whole);
}

function widthOf(entries: readonly Written[]): Width {
  const aligned = entries.filter(isAligned);
  return {
    sign: aligned.some(({ negative }) => negative),
    whole: Math.max(0, ...aligned.map(({ whole }) => whole.length)),
    fraction: Math.max(0, ...aligned.map(({ fraction }) => fraction.length)),
  };
}

function padded(entry: Written, width: Width): string {
  const number = numberTex(entry);
  if (!isAligned(entry)) return number;
  const { negative, whole, fraction } = entry;
  const left = (width.sign && !negative ? "-" : "") + "0".repeat(width.whole - whole.length);
  const right =
    (width.fraction > 0 && fraction === "" ? "." : "") + "0".repeat(width.fraction - fraction.length);
  // After a phantom, a bare minus would be spaced as if it stood between two terms.
  const signed = left !== "" && negative ? number.replace("-", "{-}") : number;
  return phantom(left) + signed + phantom(right);
}

/** Room as wide as `text`. */
function phantom(text: string): string {
  return text === "" ? "" : `\\phantom{${text}}`;
}

/** The LaTeX of one number. */
export function numberTex({ negative, whole, fraction, exponent }: Written): string {
  const digits = whole === "NaN" ? "\\mathrm{NaN}" : whole === "∞" ? "\\infty" : whole;
  const power = exponent === null ? "" : ` \\times 10^{${exponent}}`;
  return `${negative ? "-" : ""}${digits}${fraction && `.${fraction}`}${power}`;
}

/** The LaTeX of a number within a formula, where 1 × 10⁻⁷ is just 10⁻⁷. */
export function constantTex(value: number): string {
  return numberTex(written(value)).replace(/^(-?)1 \\times /, "$1");
}

// The generic matrix of the slides: rows 1, 2, ⋮, α and columns 1, 2, ⋯, β, whatever α and β are.

/** The LaTeX of a matrix of the given lengths, a vector as a column, whose entries `cell` writes. */
export function genericMatrix(
  lengths: readonly string[],
  cell: (indices: readonly string[]) => string,
): string {
  const [rows, columns] = [
    genericIndices(lengths[0]),
    lengths.length > 1 ? genericIndices(lengths[1]) : [""],
  ];
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        if (row !== null && column !== null) return cell(column === "" ? [row] : [row, column]);
        return row !== null ? "\\cdots" : column !== null ? "\\vdots" : "\\ddots";
      })
      .join(" & "),
  );
  return `\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}

/** 1, 2, …, α; an axis of length 1 is just that. */
function genericIndices(length: string): (string | null)[] {
  return length === "1" ? ["1"] : ["1", "2", null, length];
}

// Operands one after the other, as they stand between the parentheses of a call.

/** The most that are written out, and how many of more stand before the dots. */
const [MOST_LISTED, FIRST] = [12, 3];

/** `a, b, c`; of many the first and the last, and between them how many more there are. */
export function listed(operands: readonly string[]): string {
  if (operands.length <= MOST_LISTED) return operands.join(", ");
  const more = operands.length - FIRST - 1;
  return [
    ...operands.slice(0, FIRST),
    `\\cdots \\text{ ${more} more } \\cdots`,
    operands[operands.length - 1],
  ].join(", ");
}

// The LaTeX of a displayed tensor written again: with other digits, or with every entry.

/** What a saved notebook keeps of a tensor, as far as it matters here. */
export interface Displayed {
  /** The LaTeX, in which the numbers stand as they are written by default. */
  readonly tex: string;
  readonly shape: readonly number[];
  /** All numbers, or those that are shown, in order. */
  readonly data: readonly JsonNumber[];
}

/**
 * The LaTeX with the numbers written in another style; `null` where that is impossible: the LaTeX does not hold the
 * numbers, or there are not enough of them for the style.
 *
 * @example
 * rewritten({ tex: "J = 0.3333", shape: [], data: [1 / 3] }, { decimals: 2 }) // "J = 0.33"
 */
export function rewritten(displayed: Displayed, style: MatrixStyle): string | null {
  const numbers = numbersOf(displayed);
  const before = numbers && matrixTex(numbers);
  if (numbers === null || before === null) return null;
  if (style.most !== undefined && !hasAll(displayed)) return null;
  const at = displayed.tex.lastIndexOf(before);
  if (at < 0) return null;
  return displayed.tex.slice(0, at) + matrixTex(numbers, style) + displayed.tex.slice(at + before.length);
}

/** The same tensor with other numbers, in its LaTeX too; `null` where that does not hold all of them. */
export function withNumbers(displayed: Displayed, data: readonly JsonNumber[]): Displayed | null {
  const [before, after] = [numbersOf(displayed), numbersOf({ ...displayed, data })].map(
    (numbers) => numbers && matrixTex(numbers),
  );
  if (before === null || after === null || !hasAll(displayed)) return null;
  const at = displayed.tex.lastIndexOf(before);
  if (at < 0) return null;
  return {
    ...displayed,
    data,
    tex: displayed.tex.slice(0, at) + after + displayed.tex.slice(at + before.length),
  };
}

/** Whether all numbers of the tensor are there, also where its LaTeX shows a part of them. */
export function hasAll({ shape, data }: Pick<Displayed, "shape" | "data">): boolean {
  return data.length === sizeOf([...shape]);
}

/** The numbers by their positions; `null` for a list that is neither all of them nor those that are shown. */
function numbersOf({ shape, data }: Displayed): Numbers | null {
  const values = data.map(fromJsonNumber);
  if (hasAll({ shape, data })) return { shape, data: values };
  const positions = shownPositions(shape);
  if (positions.length !== data.length) return null;
  return { shape, data: Object.fromEntries(positions.map((position, k) => [position, values[k]])) };
}
