/** A matrix as a whole: its space, its step of gradient descent, and its entries, generic, boxed or each for itself. */

import { type EntryStyle, entryFormula } from "../print/entry.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { checkTensor } from "../tensor/operands.ts";
import { checkedOptions, checkText, FLAG, kindOf } from "../tensor/options.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { genericMatrix, spaceTex } from "../tex/matrix.ts";
import { derivativeTex, entryOf, nameTex } from "../tex/name.ts";
import {
  checkRank,
  entryScheme,
  gradientTex,
  indexTex,
  lengthsOf,
  nameOf,
  View,
  type ViewOptions,
} from "./view.ts";

// Which space a matrix lives in.

/**
 * X, Y ∈ ℝ^{α×β}; tensors of the same space are listed together.
 *
 * @example
 * space(symbol("X", "α", "β")).latex() // "X \\in \\mathbb{R}^{\\alpha \\times \\beta}"
 */
export function space(...tensors: Tensor[]): View {
  const groups = new Map<string, string[]>();
  for (const x of tensors) {
    const where = spaceTex(lengthsOf(x));
    groups.set(where, [...(groups.get(where) ?? []), nameTex(nameOf(x, "the space of a tensor"), x.rank)]);
  }
  return new View([Array.from(groups, ([where, names]) => `${names.join(", ")} \\in ${where}`).join(", ")]);
}

// The step of gradient descent, as the lecture writes it.

/** Stands in a list of updates for those of the layers between. */
export type Dots = "⋮";

/**
 * W := W − α · dW, with the rate under its letter; of a list a line for each, in which "⋮" stands for those left out.
 *
 * @example
 * update(symbol("W^[O]", "N", "K"), "η").latex() // "W^{[O]} := W^{[O]} - \\eta \\cdot dW^{[O]}"
 */
export function update(w: Tensor | readonly (Tensor | Dots)[], rate: string): View {
  checkText("write a step with the rate", rate, 'update(W, "η")');
  if (w instanceof Tensor) return new View([stepOf(w, rate)]);
  const list: readonly unknown[] = Array.isArray(w) ? w : [w];
  const lines = list.map((one) => {
    if (one === "⋮") return "\\vdots";
    checkTensor("write a step of", one, 'update([W, "⋮", b], "η")');
    return stepOf(one as Tensor, rate); // checked in the line above
  });
  return new View([`\\begin{array}{l} ${lines.join(" \\\\[4pt] ")} \\end{array}`]);
}

function stepOf(w: Tensor, rate: string): string {
  const own = nameOf(w, "an update");
  const name = nameTex(own, w.rank);
  return `${name} := ${name} - ${indexTex(rate)} \\cdot ${gradientTex(own, w.rank)}`;
}

// The generic matrix of a tensor: (m_ij), with rows 1, 2, ⋮, α and columns 1, 2, ⋯, β.

/**
 * M ∈ ℝ^{α×β} = (m_ij) = the matrix; or dM = ∂J/∂M = (dm_ij) = the matrix, and the same with ∂J/∂m_ij.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * generic(symbol("M", "α", "β")).members.slice(0, 2) // ["M \\in \\mathbb{R}^{\\alpha \\times \\beta}", "(m_{ij})"]
 */
export function generic(x: Tensor, options?: ViewOptions): View {
  const { gradient = false } = checkedOptions(options, {
    of: "generic",
    example: "generic(M, { gradient: true })",
    known: { gradient: FLAG },
  });
  checkRank(x, [1, 2], "a generic matrix");
  const name = nameOf(x, "a generic matrix");
  const lengths = lengthsOf(x);
  const cell = entryScheme(name, lengths);
  const short = (of: string): string => `(${entryOf(of, ["i", "j"].slice(0, x.rank))})`;
  return gradient
    ? new View([
        gradientTex(name, x.rank),
        derivativeTex("J", nameTex(name, x.rank)),
        short(`d${name}`),
        genericMatrix(lengths, entryScheme(`d${name}`, lengths)),
        genericMatrix(lengths, (at) => derivativeTex("J", cell(at))),
      ])
    : new View([
        `${nameTex(name, x.rank)} \\in ${spaceTex(lengths)}`,
        short(name),
        genericMatrix(lengths, cell),
      ]);
}

/**
 * What dM means: ∂J/∂M = dM, entry by entry.
 *
 * @example
 * differential(symbol("M", "α", "β")).members[0] // "\\frac{\\partial J}{\\partial M}"
 */
export function differential(x: Tensor): View {
  const name = nameOf(x, "a differential");
  const at = ["i", "j"].slice(0, x.rank);
  return new View([
    derivativeTex("J", nameTex(name, x.rank)),
    `${gradientTex(name, x.rank)}, \\quad ${entryOf(`d${name}`, at)}`,
    derivativeTex("J", entryOf(name, at)),
  ]);
}

// A matrix in which some entries are boxed.

/** A place in a generic matrix, as it is shown: [1, 2] or [2, "β"]. */
export type Place = readonly (number | string)[];

/**
 * The generic matrix with a box around the entries at `places`.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * boxed(symbol("b", 1), [[1]]).latex() // "\\begin{pmatrix} \\boxed{b_{1}} \\end{pmatrix}"
 */
export function boxed(x: Tensor, places: readonly Place[]): View {
  checkRank(x, [1, 2], "boxed entries");
  if (!Array.isArray(places) || !places.every(Array.isArray)) {
    throw new ValueError(
      `Cannot box ${kindOf(places)}: give a list of places, as in boxed(M, [[1, 2], [2, "β"]])`,
    );
  }
  const lengths = lengthsOf(x);
  const cell = entryScheme(nameOf(x, "boxed entries"), lengths);
  const marked = new Set(places.map((place) => place.map(indexTex).join()));
  return new View([
    genericMatrix(lengths, (at) => (marked.has(at.join()) ? `\\boxed{${cell(at)}}` : cell(at))),
  ]);
}

// A matrix by the formulas of its entries.

/**
 * The generic matrix with the formula of every entry in its place; a named tensor stands by its own entries.
 *
 * @throws ShapeError when it is neither a vector nor a matrix.
 * @example
 * entries(neg(symbol("Y", "N"))).latex() // "\\begin{pmatrix} -y_{1} \\\\ -y_{2} \\\\ \\vdots \\\\ -y_{N} \\end{pmatrix}"
 */
export function entries(x: Tensor): View {
  checkRank(x, [1, 2], "the entries");
  const { name } = x;
  const cell = (at: readonly string[]): string => (name === null ? formulaAt(x, at) : entryOf(name, at));
  const matrix = genericMatrix(lengthsOf(x), cell);
  return new View(name === null ? [matrix] : [nameTex(name, x.rank), matrix]);
}

/**
 * One entry of a result, by what it was computed from; an index is a number, counted from 1, or a letter.
 *
 * @throws ShapeError when there is not one index per axis.
 * @example
 * entry(exp(symbol("X", "α", "β")).as("Y"), 1, "β").latex() // "y_{1\\beta} = e^{x_{1\\beta}}"
 */
export function entry(y: Tensor, ...indices: (number | string)[]): View {
  checkTensor("show an entry of", y, 'entry(exp(symbol("X", "α", "β")), 1, "β")');
  const at = indices.map(indexTex);
  if (indices.length !== y.rank) {
    throw new ShapeError(
      `Cannot show entry (${indices.join(", ")}) of a tensor of rank ${y.rank}: give one index per axis`,
      [y.shape],
    );
  }
  return new View([entryOf(nameOf(y, "an entry"), at), formulaAt(y, at)]);
}

function formulaAt(x: Tensor, at: readonly string[]): string {
  const style: EntryStyle = { nameOf: (z) => z.name, lengthsOf, running: ["k", "l", "m", "n"] };
  return internals.nodeOf(x) === null ? entryOf(nameOf(x, "an entry"), at) : entryFormula(x, at, style).latex;
}
