/** How much a graph says of each tensor, so that it fits into a notebook. */

import type { Entries } from "../tensor/dtype.ts";
import { type JsonNumber, shown, toJsonNumber } from "../tensor/numbers.ts";
import type { Op } from "../tensor/op.ts";
import type { Shape } from "../tensor/shape.ts";
import { plainTex } from "../tex/plain.ts";
import { Strength, type Tex, type TexRule } from "../tex/tex.ts";
import type { GraphNode, GraphStep, GraphValues } from "./graph-json.ts";

/** The most entries of each kind that are written out, and what is said of a tensor with more. */
export interface Detail {
  readonly entries: number;
  readonly share: number;
  readonly jacobian: number;
  /** Whether a tensor with more entries is summed up. */
  readonly summaries: boolean;
  /** Whether ops and derivatives are there as formulas, and can be made again. */
  readonly formulas: boolean;
}

const LEVELS: readonly (Detail & { readonly nodes: number })[] = [
  { nodes: 80, entries: 400, share: 400, jacobian: 1024, summaries: true, formulas: true },
  { nodes: 200, entries: 144, share: 144, jacobian: 256, summaries: true, formulas: true },
  { nodes: 300, entries: 64, share: 36, jacobian: 36, summaries: true, formulas: true },
  { nodes: 500, entries: 16, share: 9, jacobian: 0, summaries: true, formulas: true },
  { nodes: 1200, entries: 9, share: 0, jacobian: 0, summaries: false, formulas: false },
  { nodes: Number.POSITIVE_INFINITY, entries: 1, share: 0, jacobian: 0, summaries: false, formulas: false },
];

/** The levels worth trying for so many tensors, the most detailed first. */
export function levelsFor(nodes: number): readonly Detail[] {
  return LEVELS.filter((level) => nodes <= level.nodes);
}

// The backward pass as steps.

/** Every edge that a derivative passes, from the result to the leaves. */
export function stepsOf(nodes: readonly GraphNode[]): GraphStep[] {
  const isReached = new Set([nodes.length - 1]);
  return nodes.toReversed().flatMap((_, back) => {
    const node = nodes.length - 1 - back;
    if (!isReached.has(node)) return [];
    return (nodes[node].op?.inputs ?? []).flatMap((input, i): GraphStep[] => {
      if (!("from" in input) || input.rule === undefined) return [];
      isReached.add(input.from);
      return [{ node, input: i }];
    });
  });
}

// What stands on the pill of an op: the formula where it is short, else the sign of the function.

/** The most signs that a pill has room for. */
const LONGEST = 12;

/**
 * `X W` for a product, `σ` for a function of one, `Xᵀ` where the sign has no place of its own, the op's name for all
 * that would be long. `formula` is the whole, as text, and `written` what writes it, with lengths as letters.
 */
export function pillLabel(op: Op, arity: number, formula: string, written: TexRule): string {
  const isUnary = arity === 1;
  if (isUnary && op.divisor !== undefined && folds(op)) return op.divisor === 1 ? "Σ" : "mean";
  if (isUnary) {
    const sign = signOf(written);
    if (sign !== null) return sign;
  }
  return formula.length <= LONGEST ? formula : op.name;
}

/** Whether axes are summed and nothing is rearranged. */
function folds({ recipe }: Op): boolean {
  const [before, after = ""] = String(recipe?.indices ?? "").split("->");
  return before.length > after.length && new Set(before).size === before.length;
}

/** The sign of a function: what is left of f(·) without its argument. */
function signOf(written: TexRule): string | null {
  const hole: Tex = { latex: "\\cdot", strength: Strength.atom, rank: 2 };
  const whole = plainTex(written(hole).latex);
  const sign = whole.replace(/\( ?· ?\)/, "");
  // In eˣ the argument stands where no sign is left.
  return /·|\^$/.test(sign) || sign.length === 0 || sign.length > LONGEST ? null : sign;
}

// A tensor's numbers as a graph's JSON has them: all of few, and of many what says most.

/** Enough to see on a card and to add up; leaves keep all of theirs, as everything is computed from them. */
const DIGITS = 7;
/** The rows and columns that a summary shows. */
const CORNER = 4;

/** Numbers with a shape. */
export interface Numbers {
  readonly shape: Shape;
  readonly data: Entries;
}

/** The entries, in so many digits; a summary of more than `most`. */
export function valuesOf({ shape, data }: Numbers, most: number, digits: number = DIGITS): GraphValues {
  if (data.length <= most) return { data: Array.from(data, (entry) => numberOf(entry, digits)) };
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1];
  const rows = shape.length < 2 ? 1 : shape[shape.length - 2];
  return {
    ...rangeOf(data),
    corner: shown(rows, CORNER).map((row) =>
      row === null
        ? null
        : shown(columns, CORNER).map((column) =>
            column === null ? null : numberOf(data[row * columns + column], 4),
          ),
    ),
  };
}

/** A number in so many digits. */
export function numberOf(value: number, digits: number = DIGITS): JsonNumber {
  return toJsonNumber(digits >= 17 ? value : Number(value.toPrecision(digits)));
}

function rangeOf(data: Entries): { least: JsonNumber; most: JsonNumber; mean: JsonNumber } {
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const entry of data) {
    least = Math.min(least, entry);
    most = Math.max(most, entry);
    sum += entry;
  }
  return {
    least: numberOf(least),
    most: numberOf(most),
    mean: numberOf(sum / data.length),
  };
}
