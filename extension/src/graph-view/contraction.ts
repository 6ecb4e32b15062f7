/** What an index string such as `ik,kj->ij` says of an entry and of a gradient, written out. */
import {
  entryLetters,
  entryOf,
  fromJsonNumber,
  type GraphJson,
  type GraphNode,
  indicesAt,
  numberTex,
  written,
} from "gradbook/graph";
import { entryAt, positionOf } from "./entries.ts";

/** The most terms of a sum that are written out. */
const MOST_TERMS = 6;

/** An op whose axes are named, taken apart. */
interface Contraction {
  readonly operands: readonly string[];
  readonly result: string;
}

function contractionOf({ op }: GraphNode): Contraction | null {
  const [operands, result] = op?.indices?.split("->") ?? [];
  if (op === null || operands === undefined || result === undefined) return null;
  const groups = operands.split(",");
  return groups.length === op.inputs.length ? { operands: groups, result } : null;
}

/**
 * The formula of an entry and its terms in numbers: `z_{12} = \sum_k x_{1k} w_{k2}` and `1 \cdot 0 + …`. `null` where
 * the op has no index string or the formula would not be a sum of products.
 */
export function entrySum(
  graph: GraphJson,
  node: number,
  position: number,
): { readonly formula: string; readonly terms: string } | null {
  const y = graph.nodes[node];
  const contraction = contractionOf(y);
  if (y.op === null || contraction === null) return null;
  const { operands, result } = contraction;
  const own = indicesAt(position, y.shape).map((index) => String(index + 1));
  const lengths = lengthsOf(graph, y, contraction);
  const isSingle = (i: number, axis: number): boolean => lengths.get(operands[i][axis]) === 1;
  const entries = entryLetters(operands, [[result, own]], isSingle);
  const summed = entries.running.map(({ letter }) => letter);
  const value = entryAt(y.value, position);
  if (value === null || (summed.length === 0 && operands.length < 2)) return null;

  const factors = entries.operands.map((letters, i) => operandTex(graph, y, i, letters));
  const most = summed.map((letter) => lengths.get(letter) ?? 1);
  const products = [...walk(most, MOST_TERMS + 1)].map((indices) => {
    const at = new Map(summed.map((letter, k) => [letter, indices[k]]));
    return entries.operands.map((letters, i) =>
      operandNumber(
        graph,
        y,
        i,
        letters.map((letter) => at.get(letter) ?? Number(letter) - 1),
      ),
    );
  });
  if (products.some((product) => product.includes(null))) return null;
  const sum = products.reduce(
    (total, product) => total + product.reduce<number>((all, factor) => all * (factor ?? 0), 1),
    0,
  );
  // A mean divides its sum, which the index string does not say: so it is not written as that sum.
  if (products.length <= MOST_TERMS && Math.abs(sum - value) > 1e-6 * (1 + Math.abs(value))) return null;
  const terms = products
    .slice(0, MOST_TERMS)
    .map((product) => product.map((factor) => factorTex(factor ?? 0)).join(" \\cdot "));
  const rest = products.length > MOST_TERMS ? " + \\cdots" : "";
  return { formula: `${sumSign(summed)}${factors.join(" \\, ")}`, terms: `${terms.join(" + ")}${rest}` };
}

/** The gradient of an operand as sums over entries. */
export interface AdjointSum {
  /** `dw_{kj}`. */
  readonly left: string;
  /** By the chain rule: `\sum_i dz_{ij} \frac{∂z_{ij}}{∂w_{kj}}`. */
  readonly definition: string;
  /** With the derivative put in: `\sum_i x_{ik} \, dz_{ij}`. */
  readonly result: string;
}

/** The gradient of an operand, derived from the index string; `null` for an op that is not a sum of products. */
export function adjointSum(graph: GraphJson, node: number, input: number): AdjointSum | null {
  const y = graph.nodes[node];
  const contraction = isSumOfProducts(y) ? contractionOf(y) : null;
  const operand = y.op?.inputs[input];
  if (contraction === null || operand === undefined || !("from" in operand)) return null;
  const { operands, result } = contraction;
  const own = [...operands[input]];
  // The adjoint is a contraction, too: of the result's gradient and the other operands, to the indices of this one.
  const groups = [result, ...operands.filter((_, i) => i !== input)];
  const entries = entryLetters(groups, [[operands[input], own]], () => false);
  const [outer, ...others] = entries.operands;
  const x = graph.nodes[operand.from];
  const entryX = entryOf(x.name ?? x.label, own);
  const entryY = entryOf(y.name ?? y.label, outer);
  const sign = sumSign(entries.running.map(({ letter }) => letter));
  const factors = others.map((letters, k) => operandTex(graph, y, k < input ? k : k + 1, letters));
  return {
    left: `d${entryX}`,
    definition: `${sign}d${entryY} \\, \\frac{\\partial ${entryY}}{\\partial ${entryX}}`,
    result: `${sign}${[...factors, `d${entryY}`].join(" \\, ")}`,
  };
}

/** Whether an entry is the sum of the products of its operands' entries: a function of them has an index string, too. */
function isSumOfProducts({ op }: GraphNode): boolean {
  const { maker, divisor = 1 } = (op?.recipe ?? {}) as {
    readonly maker?: unknown;
    readonly divisor?: unknown;
  };
  return op?.name === "mul" || (maker === "contract" && divisor === 1);
}

function sumSign(letters: readonly string[]): string {
  return letters.length === 0 ? "" : `\\sum_{${letters.join(",")}} `;
}

function lengthsOf({ nodes }: GraphJson, { op }: GraphNode, { operands }: Contraction): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const [i, input] of (op?.inputs ?? []).entries()) {
    if (!("from" in input)) continue;
    for (const [axis, letter] of Array.from(operands[i]).entries()) {
      lengths.set(letter, Math.max(lengths.get(letter) ?? 1, nodes[input.from].shape[axis] ?? 1));
    }
  }
  return lengths;
}

function operandTex({ nodes }: GraphJson, { op }: GraphNode, i: number, indices: readonly string[]): string {
  const input = op?.inputs[i];
  if (input === undefined) return "";
  if (!("from" in input)) return numberTex(written(fromJsonNumber(input.value)));
  const x = nodes[input.from];
  return entryOf(x.name ?? x.label, indices);
}

function operandNumber(
  { nodes }: GraphJson,
  { op }: GraphNode,
  i: number,
  indices: readonly number[],
): number | null {
  const input = op?.inputs[i];
  if (input === undefined) return null;
  if (!("from" in input)) return fromJsonNumber(input.value);
  const { shape, value } = nodes[input.from];
  // An axis of length 1 is stretched: its only entry stands for all.
  const inside = indices.map((index, axis) => Math.min(index, shape[axis] - 1));
  return entryAt(value, positionOf(inside, shape));
}

/** A factor in LaTeX: a negative one in parentheses. */
function factorTex(value: number): string {
  const tex = numberTex(written(value));
  return value < 0 ? `(${tex})` : tex;
}

/** The indices of the first `most` entries of a box with these lengths. */
function* walk(lengths: readonly number[], most: number): Generator<number[]> {
  const size = lengths.reduce((product, length) => product * length, 1);
  for (let position = 0; position < Math.min(size, most); position++) yield indicesAt(position, lengths);
}
