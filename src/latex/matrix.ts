/** A tensor's numbers as a LaTeX matrix, its decimal points aligned and its size kept readable. */

import { MOST, MOST_IN_BLOCKS, shown, type Written, written } from "../numbers.ts";
import { type Shape, sizeOf } from "../shape.ts";

/** The columns for which LaTeX's `pmatrix` has room; KaTeX and MathJax would take more. */
const MOST_IN_PMATRIX = 10;

/** What a matrix is made of; every tensor has it. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * The entries of `x` in parentheses, at most `most` rows and columns of them: a vector as a column, rank 3 as a column
 * of matrices, rank 4 as a grid of them. From rank 5 on, and for a tensor without entries, there is nothing to draw:
 * `null`.
 */
export function matrixTex(x: Numbers, most: number = mostOf(x)): string | null {
  if (x.shape.length > 4 || sizeOf(x.shape) === 0) return null;
  if (x.shape.length === 0) return numberTex(written(x.data[0]));
  return block(x, x.shape, 0, most);
}

/** Whether `matrixTex` leaves entries out. */
export function isTruncated(x: Numbers, most: number = mostOf(x)): boolean {
  return x.shape.length > 4 || x.shape.some((length) => length > most);
}

/** How many rows and columns of `x` a page has room for. */
function mostOf(x: Numbers): number {
  return x.shape.length > 2 ? MOST_IN_BLOCKS : MOST;
}

/** 2 × 3, as in ℝ^{2×3}. */
export function dimensionsTex(shape: Shape): string {
  return shape.join(" \\times ");
}

function block(x: Numbers, shape: readonly number[], offset: number, most: number): string {
  const [rowCount, columnCount, ...inner] = shape.length % 2 === 1 ? [shape[0], 1, ...shape.slice(1)] : shape;
  const step = sizeOf(inner);
  const rows = shown(rowCount, most);
  const columns = shown(columnCount, most);
  const at = (row: number, column: number): number => offset + (row * columnCount + column) * step;
  const cell =
    inner.length > 0
      ? (row: number, column: number) => block(x, inner, at(row, column), most)
      : alignedCells(columns, rows, (row, column) => written(x.data[at(row, column)]));
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
