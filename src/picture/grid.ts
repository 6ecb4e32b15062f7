/** Numbers in rows and columns, as many as a card has room for, with dots for those left out. */

import type { GraphEdge, GraphJson, GraphNode, GraphValues } from "../graph/graph-json.ts";
import { labelText } from "../svg/label.ts";
import {
  type JsonNumber,
  shown,
  superscript,
  toJsonNumber,
  type Written,
  written,
} from "../tensor/numbers.ts";
import { indicesAt, sizeOf } from "../tensor/shape.ts";
import { entryOf } from "../tex/name.ts";

/** What stands at a place of a grid: an entry of the tensor, or dots. */
export type Cell =
  | { readonly entry: number; readonly value: number; readonly written: Written }
  | { readonly dots: "⋯" | "⋮" | "⋱" };

/** The numbers of a tensor in a card. */
export interface Block {
  /** `null` where a tensor has no rows and columns, or too many axes. */
  readonly rows: readonly (readonly Cell[])[] | null;
  /** What is said of all entries where not all of them are there. */
  readonly line: string | null;
  /** Whether brackets stand around the rows; they do not around a scalar. */
  readonly isMatrix: boolean;
}

/** The most rows and columns that are shown. */
const MOST = 5;

/** Arranges the values of a tensor. */
export function blockOf(values: GraphValues, shape: readonly number[]): Block {
  const isMatrix = shape.length > 0;
  if (sizeOf(shape) === 0) return { rows: null, line: "no entries", isMatrix };
  if (!("data" in values)) {
    const range = `${numeral(values.least)} … ${numeral(values.most)}`;
    return { rows: shape.length > 2 ? null : cornerRows(values.corner, shape), line: range, isMatrix };
  }
  const { data } = values;
  if (shape.length > 2) return { rows: null, line: rangeOf(data), isMatrix };
  const [rowCount, columnCount] = [shape[0] ?? 1, shape[1] ?? 1];
  const columns = shown(columnCount, MOST);
  const rows = shown(rowCount, MOST).map((row) =>
    columns.map((column): Cell => {
      if (row === null) return { dots: column === null ? "⋱" : "⋮" };
      if (column === null) return { dots: "⋯" };
      const entry = row * columnCount + column;
      const value = Number(data[entry]);
      return { entry, value, written: written(value) };
    }),
  );
  return { rows, line: null, isMatrix };
}

/** A number as text, with a true minus: −0.5, 1.5·10⁻⁷. */
export function numeral(value: JsonNumber): string {
  const parts = written(Number(value));
  return wholeOf(parts) + fractionOf(parts);
}

/** What stands before the decimal point. */
export function wholeOf({ negative, whole }: Written): string {
  return `${negative ? "−" : ""}${whole}`;
}

/** The point and what stands after it. */
export function fractionOf({ fraction, exponent }: Written): string {
  const power = exponent === null ? "" : `·10${superscript(exponent)}`;
  return `${fraction && `.${fraction}`}${power}`;
}

/** Whether a number is aligned with others at its point: NaN, ∞ and powers of ten stand by themselves. */
export function isAligned({ whole, exponent }: Written): boolean {
  return exponent === null && /^\d/.test(whole);
}

function rangeOf(data: readonly JsonNumber[]): string {
  const numbers = data.map(Number).filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return "NaN";
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  const range = `${numeral(least)} … ${numeral(most)}`;
  return numbers.length === data.length ? range : `${range}, NaN`;
}

/** The corner of a large matrix; what it leaves out it marks itself. */
function cornerRows(
  corner: readonly (readonly (JsonNumber | null)[] | null)[],
  shape: readonly number[],
): readonly (readonly Cell[])[] | null {
  const width = Math.min(MOST, Math.max(0, ...corner.map((row) => row?.length ?? 0)));
  if (width === 0) return null;
  const last = corner.find((row) => row !== null);
  // A vector's corner is one row of it; what is left out lies before the last row and the last column.
  const [rowCount, columnCount] = shape.length < 2 ? [1, shape[0] ?? 1] : shape;
  const [rowsAt, columnsAt] = [shown(rowCount, corner.length), shown(columnCount, width)];
  return corner.slice(0, MOST).map((row, i) =>
    Array.from({ length: width }, (_, j): Cell => {
      if (row === null) return { dots: (last?.[j] ?? null) === null ? "⋱" : "⋮" };
      const value = row[j] ?? null;
      return value === null
        ? { dots: "⋯" }
        : {
            entry: (rowsAt[i] ?? i) * columnCount + (columnsAt[j] ?? j),
            value: Number(value),
            written: written(Number(value)),
          };
    }),
  );
}

// The gradient of a node as far as the backward pass has come.

/** What is known of a gradient. */
export interface Cotangent {
  readonly values: GraphValues | null;
  /** Whether the backward pass has come here, also where no numbers are known. */
  readonly hasCome: boolean;
  /** How many of the shares it is the sum of are in it, and how many there are. */
  readonly made: number;
  readonly all: number;
}

/**
 * The cotangent of a node after `step` steps: the sum of the shares that have come. Where shares are not known as
 * numbers, it is shown once all of them have come.
 */
export function cotangentAt(graph: GraphJson, node: number, step: number): Cotangent {
  return cotangentsOf(graph)(node, step);
}

/** The same for all nodes of a graph, which is read once. */
export function cotangentsOf(graph: GraphJson): (node: number, step: number) => Cotangent {
  const arrivals = arrivalsOf(graph);
  return (node, step) => {
    const { gradient } = graph.nodes[node];
    const all = arrivals[node].length;
    const come = arrivals[node].filter((arrival) => arrival.step <= step);
    const made = come.length;
    if (all === 0) {
      // The pass starts from the result, whose gradient is given; what no step reaches is there at its end.
      const isThere = node === graph.nodes.length - 1 || step >= graph.steps.length;
      return { values: isThere ? gradient : null, hasCome: isThere && graph.steps.length > 0, made, all };
    }
    if (made === all) return { values: gradient, hasCome: true, made, all };
    const values = made === 0 ? null : sumOf(come.map(({ edge }) => edge.share));
    return { values, hasCome: values !== null, made, all };
  };
}

/** The edges over which the cotangent of each node comes, with the number of steps after which it has. */
export function arrivalsOf(graph: GraphJson): readonly (readonly Arrival[])[] {
  const arrivals: Arrival[][] = graph.nodes.map(() => []);
  graph.steps.forEach(({ node, input }, k) => {
    const edge = graph.nodes[node].op?.inputs[input];
    if (edge !== undefined && "from" in edge) arrivals[edge.from].push({ step: k + 1, edge });
  });
  return arrivals;
}

/** A share of a cotangent. */
export interface Arrival {
  readonly step: number;
  readonly edge: GraphEdge;
}

function sumOf(shares: readonly (GraphValues | undefined)[]): GraphValues | null {
  const data: number[] = [];
  for (const share of shares) {
    if (share === undefined || !("data" in share)) return null;
    share.data.forEach((value, k) => {
      data[k] = (data[k] ?? 0) + Number(value);
    });
  }
  return { data: data.map(toJsonNumber) };
}

// Labels of a length that a picture has room for.

/** The most signs of a name, and of a formula in a card. */
export const LONGEST_NAME = 40;
export const LONGEST_FORMULA = 90;

/** The label, or, of one that is too long, the beginning of its text. */
export function clipped(label: string, most: number = LONGEST_NAME): string {
  const text = labelText(label);
  if (text.length <= most) return label;
  // Scripts might be cut in two, so there are none.
  return `${Array.from(text.replace(/[_^{}]/g, " ").slice(0, 2 * most))
    .slice(0, most - 1)
    .join("")}…`;
}

// The name of an entry: z with the subscript 12 for an entry of Z.

/** The LaTeX of the name of an entry, whose position in the data is `entry`; indices count from 1. */
export function entryName({ name, label, shape }: GraphNode, entry: number): string {
  return entryOf(
    name ?? label,
    indicesAt(entry, shape).map((index) => String(index + 1)),
  );
}
