/** Names as mathematics: `W1` is W with subscript 1, `alpha` is α, `dX` is the gradient of X. */

import { GREEK_LETTERS, signsTex } from "./signs.ts";

const SUBSCRIPT_DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** The most scripts of a name that are written, of either kind. */
const MOST_SCRIPTS = 4;

/** A name taken apart. */
interface Parts {
  /** `d` before the name of a gradient. */
  readonly prefix: string;
  readonly base: string;
  readonly subscripts: readonly string[];
  readonly superscripts: readonly string[];
}

/**
 * The LaTeX of a tensor's name. A rank-1 tensor carries an arrow, as the lecture's vectors do.
 * Scripts are written `_` and `^`: `z_k^[O](n)`.
 */
export function nameTex(name: string, rank: number): string {
  const known = rank === 1 ? vectors : others;
  let tex = known.get(name);
  if (tex === undefined) {
    if (known.size === MOST_KEPT) known.clear();
    tex = written(name, rank);
    known.set(name, tex);
  }
  return tex;
}

// A picture or a derivation asks for the same few names again and again.
const vectors = new Map<string, string>();
const others = new Map<string, string>();
const MOST_KEPT = 500;

function written(name: string, rank: number): string {
  const { prefix, base, subscripts, superscripts } = partsOf(name);
  const letter = baseTex(base);
  const arrow = /^(?:\\?[A-Za-z]+)?$/.test(letter) ? "\\vec" : "\\overrightarrow";
  const script = (sign: string, scripts: readonly string[]): string => {
    if (scripts.length === 0) return "";
    const shown = scripts.slice(0, MOST_SCRIPTS).map(scriptTex);
    return `${sign}{${[...shown, ...(scripts.length > MOST_SCRIPTS ? ["\\cdots"] : [])].join(",")}}`;
  };
  return (
    prefix +
    (rank === 1 ? `${arrow}{${letter}}` : letter) +
    script("_", subscripts) +
    script("^", superscripts)
  );
}

function partsOf(name: string): Parts {
  const plain = name.replace(
    /[₀-₉]+/g,
    (digits) => `_${[...digits].map((digit) => SUBSCRIPT_DIGITS.indexOf(digit)).join("")}`,
  );
  const [head] = plain.split(/(?<=.)[_^]/s, 1);
  const scripts = [...plain.slice(head.length).matchAll(/([_^])(\{[^}]*\}|[^_^]*)/g)];
  const of = (sign: string): string[] =>
    scripts
      .filter(([, s, text]) => s === sign && text !== "")
      .map(([, , text]) => text.replace(/^\{(.*)\}$/s, "$1"));
  const [, letters, digits] = /^(.+?)(\d*)$/su.exec(head) ?? ["", head, ""];
  const gradient = /^(d+)(.+)$/su.exec(letters);
  const isGradient = gradient !== null && isSymbol(gradient[2]);
  return {
    prefix: isGradient ? gradient[1] : "",
    base: isGradient ? gradient[2] : letters,
    subscripts: [...(digits === "" ? [] : [digits]), ...of("_")],
    superscripts: of("^"),
  };
}

/** A single letter, or the name of a Greek one: what mathematics calls a variable. */
function isSymbol(base: string): boolean {
  return [...base].length === 1 || GREEK_LETTERS.has(base);
}

function baseTex(base: string): string {
  return GREEK_LETTERS.has(base) ? `\\${base}` : signsTex(base);
}

/** Letters and digits stand as they are, `[O](n)` too; words are upright. */
function scriptTex(script: string): string {
  const parts = script.match(/[\p{L}\p{M}\p{N}$]+|[ -~]|[^\p{L}\p{M}\p{N}$ -~]+/gu) ?? [];
  return parts
    .map((part) => {
      if (/^\d{1,40}$/.test(part)) return part;
      return /^[-+*/()[\]<>=,.;:!?|'` ]$/.test(part) ? part : baseTex(part);
    })
    .join("");
}

// What takes its name from a tensor: its entries `x_{12}`, `dx_{1\beta}`, and derivatives.

/** The entry of a named tensor: `x_{ij}` for X, `dx_{1\beta}` for dX; a scalar is its name. */
export function entryOf(name: string, indices: readonly string[]): string {
  if (indices.length === 0) return nameTex(name, 0);
  const small = nameTex(lowerCase(name), 0);
  return `${/_/.test(small) ? `(${small})` : small}_{${joined(indices)}}`;
}

/** ∂y/∂x; ∂/∂x where y is empty. */
export function derivativeTex(y: string, x: string): string {
  return `\\frac{\\partial${y === "" ? "" : ` ${y}`}}{\\partial ${x}}`;
}

/** W^[O] has entries w^[O]: the letter becomes lower case, not the scripts. */
function lowerCase(name: string): string {
  return name.replace(/^[^_^]+/, (head) => head.toLowerCase());
}

/** ij, α2, but 1,10 and l_{O-1},2: a comma where an index is more than one sign. */
export function joined(indices: readonly string[]): string {
  if (!indices.every((index) => /^(\w|\\[a-zA-Z]+)$/.test(index))) return indices.join(",");
  return indices.reduce(
    (all, index) => all + (/\\[a-zA-Z]+$/.test(all) && /^\w/.test(index) ? " " : "") + index,
  );
}

// Indices that are sums, such as 2i+k-3. Letters and numbers count from 1.

/** How often each letter stands in an index; what is left is under "". */
export function termsOf(index: string): Map<string, number> {
  const terms = new Map<string, number>();
  for (const [, sign, factor, letter] of index.matchAll(/([+-]?)(\d*)(\\?[A-Za-z]+|)/g)) {
    if (factor === "" && letter === "") continue;
    const value = (sign === "-" ? -1 : 1) * (factor === "" ? 1 : Number(factor));
    terms.set(letter, (terms.get(letter) ?? 0) + value);
  }
  return terms;
}

/** The index that is the sum of these, each taken so many times. */
export function indexSum(...parts: readonly (readonly [times: number, index: string])[]): string {
  const total = new Map<string, number>();
  for (const [times, index] of parts) {
    for (const [letter, count] of termsOf(index)) total.set(letter, (total.get(letter) ?? 0) + times * count);
  }
  const constant = total.get("") ?? 0;
  total.delete("");
  const written = [...total, ...(constant === 0 ? [] : [["", constant] as const])]
    .filter(([, count]) => count !== 0)
    .sort(([, a], [, b]) => Number(a < 0) - Number(b < 0)) // k-i+1 rather than -i+k+1
    .map(([letter, count]) => {
      const size = Math.abs(count) === 1 && letter !== "" ? "" : `${Math.abs(count)}`;
      return `${count < 0 ? "-" : "+"}${size}${letter}`;
    });
  return written.join("").replace(/^\+/, "") || "0";
}

/** How an entry of a contraction is written. */
export interface EntryLetters {
  /** The letters of the entry of each operand. */
  readonly operands: readonly (readonly string[])[];
  /** The letters that run in a sum, each with the first axis that it runs along. */
  readonly running: readonly { readonly letter: string; readonly operand: number; readonly axis: number }[];
  /** Letters that must be equal, or the entry is 0: an index that stands at two of the given axes. */
  readonly equal: readonly (readonly [string, string])[];
}

/**
 * The letters of a contraction's operands, whose `groups` of indices are those before the arrow of `ik,kj->ij`. The
 * `given` groups have their letters already; each further index takes one of those that are `free`, or stands for
 * itself. An axis of length 1 that no given group names has the index 1.
 */
export function entryLetters(
  groups: readonly string[],
  given: readonly (readonly [group: string, letters: readonly string[]])[],
  isSingle: (operand: number, axis: number) => boolean,
  free: readonly string[] = [],
): EntryLetters {
  const letters = new Map<string, string>();
  const equal: [string, string][] = [];
  for (const [group, own] of given) {
    for (const [axis, index] of Array.from(group).entries()) {
      const before = letters.get(index);
      if (before === undefined) letters.set(index, own[axis]);
      else if (before !== own[axis]) equal.push([before, own[axis]]);
    }
  }
  const left = [...free];
  const running: EntryLetters["running"][number][] = [];
  const letterAt = (index: string, operand: number, axis: number): string => {
    const known = letters.get(index);
    if (known !== undefined) return known;
    const letter = isSingle(operand, axis) ? "1" : (left.shift() ?? index);
    letters.set(index, letter);
    if (!isSingle(operand, axis)) running.push({ letter, operand, axis });
    return letter;
  };
  const operands = groups.map((group, operand) =>
    Array.from(group, (index, axis) => letterAt(index, operand, axis)),
  );
  return { operands, running, equal };
}
