/** Contractions in matrix notation where it has a form for them, and otherwise as a Σ over indices. */

import {
  atLeast,
  call,
  entry,
  juxtapose,
  parenthesized,
  Strength,
  sumOver,
  type Tex,
  type TexRule,
  transposed,
} from "./tex.ts";

/** The vector or matrix of ones. */
const ones: Tex = { latex: "\\mathbf{1}", strength: Strength.atom, rank: 1 };

const identity: Tex = { latex: "I", strength: Strength.atom, rank: 2 };

/** Matrix notation by index string, the indices named a, b, c in order of appearance. */
const FORMS: Readonly<Record<string, TexRule>> = {
  "->": (x) => x,
  "aa->": call("\\operatorname{tr}"),
  "aa->a": call("\\operatorname{diag}"),
  "a->aa": call("\\operatorname{diag}"),
  "->aa": (x) => juxtapose(x, identity),
  "ab->ba": transposed,
  "ab,bc->ac": juxtapose,
  "ab,cb->ac": (x, y) => juxtapose(x, transposed(y)),
  "ab,ac->bc": (x, y) => juxtapose(transposed(x), y),
  "ab,ca->bc": (x, y) => juxtapose(transposed(x), transposed(y)),
  "ab,bc->ca": (x, y) => transposed(juxtapose(x, y)),
  "ab,ac->cb": (x, y) => juxtapose(transposed(y), x),
  "ab,cb->ca": (x, y) => juxtapose(y, transposed(x)),
  "ab,b->a": juxtapose,
  "ab,a->b": (x, y) => juxtapose(transposed(x), y),
  "a,ab->b": (x, y) => juxtapose(transposed(y), x),
  "a,ba->b": (x, y) => juxtapose(y, x),
  "a,a->": (x, y) => juxtapose(transposed(x), y),
  "a,b->ab": (x, y) => juxtapose(x, transposed(y)),
  "a,b->ba": (x, y) => juxtapose(y, transposed(x)),
  "a,->a": (x, s) => juxtapose(s, x),
  ",a->a": juxtapose,
  "ab->a": (x) => juxtapose(x, ones),
  "ab->b": (x) => juxtapose(transposed(x), ones),
  "->a": (x) => juxtapose(x, ones),
  "->ab": (x) => juxtapose(x, ones),
  "a->ab": (x) => juxtapose(x, transposed(ones)),
  "b->ab": (x) => juxtapose(ones, transposed(x)),
};

/** One axis of a matrix summed and kept with length 1, or an axis of length 1 repeated. */
const KEPT: Readonly<Record<string, { readonly sum: TexRule; readonly repeat: TexRule }>> = {
  "ab->ac": { sum: (x) => juxtapose(x, ones), repeat: (x) => juxtapose(x, transposed(ones)) },
  "ab->cb": { sum: (x) => juxtapose(transposed(ones), x), repeat: (x) => juxtapose(ones, x) },
};

/**
 * The LaTeX of a contraction, divided by `divisor` for a mean. `lengths` are those of the indices that stand only after
 * the arrow: an axis of length 1 is what a sum keeps; along a longer one the operand is repeated.
 */
export function contractionTex(
  indices: string,
  divisor: number | string,
  lengths: Readonly<Record<string, number>>,
): TexRule {
  const names = inOrder(indices);
  const [before, after] = indices.split("->");
  const fresh = Array.from(after).find((index) => !before.includes(index));
  const sums = fresh !== undefined && lengths[fresh] === 1;
  const form =
    KEPT[names]?.[sums ? "sum" : "repeat"] ??
    FORMS[names] ??
    FORMS[outputFirst(names)] ??
    ((...x: Tex[]) => indexed(names, x));
  if (divisor === 1) return form;
  return (...x) => {
    const sum = atLeast(Strength.product, form(...x));
    return { latex: `\\frac{1}{${divisor}} ${sum}`, strength: Strength.product, rank: 0 };
  };
}

/** The index string with its indices renamed a, b, c, … in order of appearance. */
function inOrder(indices: string): string {
  const order = [...new Set(indices.replace(/[^a-z]/gi, ""))];
  return indices.replace(/[a-z]/gi, (index) => String.fromCharCode(97 + order.indexOf(index)));
}

// "a->ba" repeats a along a new first axis: the table writes it "b->ab".
function outputFirst(names: string): string {
  return names === "a->ba" ? "b->ab" : names;
}

/** Σ over the summed indices of the product of entries; the indices that stay are shown outside. */
function indexed(names: string, x: readonly Tex[]): Tex {
  const letters = names.replace(/[a-z]/g, (index) => "ijklmnpqrstuvwxyz"[index.charCodeAt(0) - 97]);
  const [before, after] = letters.split("->");
  const groups = before.split(",");
  const summed = [...new Set(groups.join(""))].filter((index) => !after.includes(index));
  const term = x.map((xi, i) => entry(xi, groups[i])).join(" \\, ");
  const sum = sumOver(summed.join(""), term);
  if (after === "") return sum;
  return { latex: `${parenthesized(sum.latex)}_{${after}}`, strength: Strength.atom, rank: after.length };
}
