/** Formulas of one entry, `z_{ij} = \sum_k x_{ik} w_{kj}`: typeset, and evaluated to check that what is shown is true. */

import { applyOp, withoutRecording } from "../tensor/apply.ts";
import type { Op } from "../tensor/op.ts";
import { createRandom } from "../tensor/random.ts";
import { groupsOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { type EntryLetters, entryLetters, entryOf, joined, termsOf } from "../tex/name.ts";
import { type Big, entry, Strength, type Tex } from "../tex/tex.ts";
import { byName, divisorTex, literalTex, type Naming, term } from "./expression.ts";

/** How the entries of a formula are written. */
export interface EntryStyle {
  readonly nameOf: Naming;
  /** The lengths of a tensor's axes, as letters or numbers: α, β. */
  readonly lengthsOf: (x: Tensor) => readonly string[];
  /** Index letters that are free to run in a sum, in the order they are taken. */
  readonly running: readonly string[];
}

/** Where a formula is evaluated. */
export interface Place {
  /** The tensor that stands for one of the formula's, which may have moved. */
  readonly tensorAt: (x: Tensor) => Tensor;
  /** The value of each index letter, counted from 0. */
  readonly letters: ReadonlyMap<string, number>;
  /** What an operation changes in its result, to find out how much its rounding matters. */
  readonly rounded: (value: number) => number;
}

/** The formula of one number, in one object: what is typeset is what is evaluated. */
export interface Cell extends Tex {
  readonly at: (place: Place) => number;
}

/** The formula of the entry of `y` at `indices`; the name of `y` itself is ignored. */
export function entryFormula(y: Tensor, indices: readonly string[], style: EntryStyle): Cell {
  const node = internals.nodeOf(y);
  if (node?.op.origin !== undefined) {
    const [x] = node.inputs;
    const from = node.op.origin(...indices);
    const cell = entryAt(x, from, style);
    const positionAt = positionsOf(x, from);
    return { ...cell, at: (place) => (positionAt(place) === null ? 0 : cell.at(place)) };
  }
  const correspondence = node?.op.indices?.(...node.inputs.map(({ shape }) => shape));
  if (node === null || correspondence === undefined || !isEntrywise(node.op)) return whole(y, indices, style);
  const { op, inputs } = node;
  const [groups, output] = groupsOf(correspondence);
  const free = style.running.filter((letter) => !indices.includes(letter));
  const isSingle = (i: number, axis: number): boolean => inputs[i].shape[axis] === 1;
  const { operands, running, equal } = entryLetters(groups, [[output, indices]], isSingle, free);
  const sums = sumsAlong(running, inputs, style);
  const inner: EntryStyle = { ...style, running: free.slice(running.length) };
  const terms = inputs.map((x, i) => entryAt(x, operands[i], inner));
  if (op.big !== undefined) return sums.length === 0 ? terms[0] : over(op.big, sums, terms[0]);
  if (op.divisor === undefined) {
    return {
      ...(op.cell ?? op.tex)(...terms),
      at: (place) => place.rounded(evaluate(y, terms, place)),
    };
  }
  const product = productOf([...equal.map(([a, b]) => delta(a, b)), ...terms]);
  const sum = sums.length === 0 ? product : over("sum", sums, product);
  return op.divisor === 1 ? sum : times(constant(divisorTex(y, style.lengthsOf), 1 / op.divisor), sum);
}

/** Whether each entry of the result is made of entries of the operands, of one each or of several folded. */
export function isEntrywise({ local, divisor, big, origin }: Op): boolean {
  return [local, divisor, big, origin].some((fact) => fact !== undefined);
}

/** The value of an op at one entry: its kernel on numbers. */
function evaluate(y: Tensor, terms: readonly Cell[], place: Place): number {
  const node = internals.nodeOf(y);
  if (node === null) throw new Error("a formula has a node");
  const scalars = terms.map((cell) => new Tensor([], Float64Array.of(cell.at(place))));
  return withoutRecording(() => applyOp(node.op, ...scalars)).data[0];
}

/** The sums over letters that run along axes of the operands. */
export function sumsAlong(
  running: EntryLetters["running"],
  operands: readonly Tensor[],
  { lengthsOf }: EntryStyle,
): Sum[] {
  return running.map(({ letter, operand, axis }) => {
    const x = operands[operand];
    return { letter, upTo: lengthsOf(x)[axis], length: x.shape[axis] };
  });
}

/** An index that runs: from 1 up to a length. */
export interface Sum {
  readonly letter: string;
  readonly upTo: string;
  readonly length: number;
}

const BIG: Readonly<Record<Big, { sign: string; start: number; add: (a: number, b: number) => number }>> = {
  sum: { sign: "\\sum", start: 0, add: (total: number, x: number) => total + x },
  prod: { sign: "\\prod", start: 1, add: (total: number, x: number) => total * x },
  max: { sign: "\\max", start: Number.NEGATIVE_INFINITY, add: Math.max },
  min: { sign: "\\min", start: Number.POSITIVE_INFINITY, add: Math.min },
};

/** Σ_k Σ_l of a formula, with bounds where a sign has room for them; or Π, max, min. */
export function over(big: Big, sums: readonly Sum[], inner: Cell, isBounded = true): Cell {
  const { sign, start, add } = BIG[big];
  const signs = sums.map(({ letter, upTo }) => {
    const bounds =
      isBounded && (big === "sum" || big === "prod") ? `_{${letter}=1}^{${upTo}}` : `_{${letter}}`;
    return `${sign}${bounds} `;
  });
  const along = (place: Place, letters: Map<string, number>, k: number): number => {
    if (k === sums.length) return inner.at(place);
    let total = start;
    for (let i = 0; i < sums[k].length; i++) {
      letters.set(sums[k].letter, i);
      total = add(total, along(place, letters, k + 1));
    }
    return total;
  };
  return {
    latex: `${signs.join("")}${factorTex(inner)}`,
    strength: Strength.product,
    rank: 0,
    at: (place) => {
      const letters = new Map(place.letters);
      return place.rounded(along({ ...place, letters }, letters, 0));
    },
  };
}

function factorTex({ latex, strength }: Tex): string {
  return strength < Strength.product ? `(${latex})` : latex;
}

/** Factors side by side; 1 for none. */
export function productOf(factors: readonly Cell[]): Cell {
  if (factors.length === 1) return factors[0];
  return {
    latex: factors.map(factorTex).join(" \\, ") || "1",
    strength: Strength.product,
    rank: 0,
    at: (place) => factors.reduce((product, factor) => product * factor.at(place), 1),
  };
}

/** A factor before a sum: 1/α Σ. */
export function times(factor: Cell, x: Cell): Cell {
  return {
    latex: `${factor.latex} ${factorTex(x)}`,
    strength: Strength.product,
    rank: 0,
    at: (place) => factor.at(place) * x.at(place),
  };
}

/** Terms with + between them. */
export function sumOf(terms: readonly Cell[]): Cell {
  if (terms.length === 1) return terms[0];
  return {
    latex: terms.map(({ latex }) => latex).join(" + "),
    strength: Strength.sum,
    rank: 0,
    at: (place) => place.rounded(terms.reduce((total, one) => total + one.at(place), 0)),
  };
}

/** Kronecker's δ: 1 where two indices are equal, else 0. */
export function delta(a: string, b: string): Cell {
  const [first, second] = [indexOf(a), indexOf(b)];
  return {
    latex: `\\delta_{${joined([a, b])}}`,
    strength: Strength.atom,
    rank: 0,
    at: (place) => (first(place) === second(place) ? 1 : 0),
  };
}

/** A number with a formula of its own: 1/α. */
export function constant(latex: string, value: number): Cell {
  return { latex, strength: Strength.product, rank: 0, at: () => value };
}

/** The entry of a tensor that has a name. */
export function namedEntry(name: string, x: Tensor, indices: readonly string[]): Cell {
  return { latex: entryOf(name, indices), strength: Strength.atom, rank: 0, at: pick(x, indices) };
}

/** The entry of an operand: of its name, of its number, or of its own formula. */
export function entryAt(x: Tensor, indices: readonly string[], style: EntryStyle): Cell {
  const name = style.nameOf(x);
  if (name !== null) return namedEntry(name, x, indices);
  if (internals.isLiteral(x)) return { ...literalTex(x.item()), at: () => x.item() };
  const op = internals.nodeOf(x)?.op;
  return op?.indices === undefined && op?.origin === undefined
    ? whole(x, indices, style)
    : entryFormula(x, indices, style);
}

/** An entry of something that has no formula for its entries: softmax(X)_ij. */
function whole(x: Tensor, indices: readonly string[], { nameOf, lengthsOf }: EntryStyle): Cell {
  const tex = term(x, byName(nameOf), lengthsOf);
  return {
    latex: indices.length === 0 ? tex.latex : entry(tex, joined(indices)),
    strength: indices.length === 0 ? tex.strength : Strength.atom,
    rank: 0,
    at: pick(x, indices),
  };
}

function pick(x: Tensor, indices: readonly string[]): Cell["at"] {
  const positionAt = positionsOf(x, indices);
  return (place) => {
    const position = positionAt(place);
    return position === null ? 0 : place.tensorAt(x).data[position];
  };
}

/** Where the entry lies in memory; `null` if it is beyond the ends, where there is nothing. */
function positionsOf(x: Tensor, indices: readonly string[]): (place: Place) => number | null {
  const along = x.shape.map((_, axis) => indexOf(indices[axis] ?? ""));
  return (place) => {
    let position = 0;
    for (const [axis, length] of x.shape.entries()) {
      const index = along[axis](place);
      if (index < 0 || index >= length) return null;
      position = position * length + index;
    }
    return position;
  };
}

/** The position an index stands for, counted from 0; a number stands for itself, and a sum is added up. */
function indexOf(index: string): (place: Place) => number {
  const terms = [...termsOf(index)];
  return ({ letters }) => {
    const position = letters.get(index);
    if (position !== undefined) return position;
    let sum = terms.length === 0 ? Number.NaN : -1;
    for (const [letter, count] of terms) {
      sum += count * (letter === "" ? 1 : (letters.get(letter) ?? Number.NaN) + 1);
    }
    return sum;
  };
}

// How much the rounding of its operations matters to a formula.

/** A relative change of every intermediate result, larger than rounding, so that its effect can be seen. */
const NOISE = 2 ** -36;

/** How far rounding can move a formula from its value, judged by three random changes of every intermediate result. */
export function cellRounding(cell: Cell, value: number, place: Place): number {
  const { uniform } = createRandom(2);
  const spread = [1, 2, 3].map(() => {
    const rounded = (result: number): number => result * (1 + NOISE * (2 * uniform() - 1));
    return Math.abs(cell.at({ ...place, rounded }) - value);
  });
  return 32 * 2 ** -16 * Math.max(...spread); // a rounding is at most 2⁻⁵³
}
