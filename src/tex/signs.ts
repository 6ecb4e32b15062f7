/** The only way for text that somebody chose to enter LaTeX: every sign it produces is one that every engine has. */

import { superscript } from "../tensor/numbers.ts";

const GREEK: readonly string[] = (
  "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ " +
  "sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω " +
  "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
).match(/\S+ \S/g) as string[]; // it is not empty

/** Greek letters by the names of their commands. */
export const GREEK_LETTERS: ReadonlyMap<string, string> = new Map(
  GREEK.map((pair) => pair.split(" ") as [name: string, letter: string]),
);

/** Signs other than letters, by their commands; names may contain them too. */
export const COMMAND_SIGNS: ReadonlyMap<string, string> = new Map([
  ["partial", "∂"],
  ["nabla", "∇"],
  ["odot", "⊙"],
  ["cdot", "·"],
  ["times", "×"],
  ["in", "∈"],
  ["geq", "≥"],
  ["leq", "≤"],
  ["neq", "≠"],
  ["infty", "∞"],
  ["emptyset", "∅"],
  ["ell", "ℓ"],
  ["to", "→"],
  ["cdots", "⋯"],
  ["checkmark", "✓"],
  ["backslash", "\\"],
  ["sim", "~"],
  ["wedge", "^"],
]);

/** The functions that LaTeX has commands for. */
export const LATEX_FUNCTIONS: readonly string[] = (
  "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min sec sin sinh sup " +
  "tan tanh"
).split(" ");

const COMMANDS: ReadonlyMap<string, string> = new Map(
  [...COMMAND_SIGNS, ...GREEK_LETTERS].map(([command, sign]) => [sign, command]),
);

/** Signs with a look-alike: Greek capitals that look Latin, and what compatibility forms do not cover. */
const ALIKE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", (greek, k) => [greek, "ABEZHIKMNOPTXo"[k]])),
  ς: "σ",
  ẞ: "SS",
  "−": "-",
  "⁄": "/",
};

/** What strict KaTeX accepts in a text: Latin, Cyrillic, Armenian, Indic to Georgian, Japanese, Chinese, Korean. */
const TYPESET =
  /^(?:[ -~£¥©®°À-ÖØ-öø-ɏЀ-ӿ\u0530-\u058f\u0900-\u10ff–—‘’“”…\u3000-ヿ一-\u9faf가-\ud7af\uff00-\uff60]|[A-Za-z][\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0327])$/u;

/** The most LaTeX of one name: nobody reads more, and MathJax rejects formulas of more than 5 kB. */
const LONGEST = 80;
const LONGEST_SENTENCE = 500;

/** A piece of a text: signs that may stand in `\text{…}`, the name of a command, or a script in LaTeX. */
interface Piece {
  readonly kind: "text" | "command" | "script";
  readonly latex: string;
}

/** The LaTeX of a text: `\Delta\text{loss 50\%}`. A single letter leans; a word of letters and digits is upright. */
export function signsTex(text: string): string {
  const pieces = merged(clipped(piecesOf(text), LONGEST));
  return pieces
    .map(({ kind, latex }, k) => {
      if (kind === "text")
        return isLetter(latex) ? latex : `\\${isWord(latex) ? "mathrm" : "text"}{${latex}}`;
      const next = pieces[k + 1]?.latex ?? "";
      return `\\${latex}${/^[A-Za-z]$/.test(next) ? " " : ""}`;
    })
    .join("");
}

function isLetter(latex: string): boolean {
  return /^[A-Za-z]$/.test(latex);
}

// Letters in \mathrm stand closer than in \text, but spaces vanish there.
function isWord(latex: string): boolean {
  return /^(?:\w|\\[_$])*$/.test(latex);
}

function* piecesOf(text: string): Generator<Piece> {
  for (const [sign] of text
    .normalize("NFC")
    .matchAll(/[A-Za-z][\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0327]|./gsu))
    yield* signPieces(sign);
}

function* signPieces(sign: string): Generator<Piece> {
  const command = COMMANDS.get(sign);
  if (command !== undefined) yield { kind: "command", latex: command };
  else if (TYPESET.test(sign)) yield { kind: "text", latex: /^[{}%#&_$]$/.test(sign) ? `\\${sign}` : sign };
  else {
    const plain = plainer(sign);
    if (plain === null) yield { kind: "text", latex: `U+${codePoint(sign)}` };
    else yield* piecesOf(plain);
  }
}

/** What replaces a sign that an engine may lack: a look-alike, or nothing; `null` where there is no replacement. */
function plainer(sign: string): string | null {
  if (Object.hasOwn(ALIKE, sign)) return ALIKE[sign];
  if (/^[\p{Cs}\p{Cc}\ufffd]$/u.test(sign)) return "?";
  if (/^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u.test(sign)) return "";
  if (/^\p{Z}$/u.test(sign)) return " ";
  const compatible = sign.normalize("NFKC");
  if (compatible !== sign) return compatible;
  const bare = sign.normalize("NFD").replace(/\p{M}/gu, "");
  return bare === sign ? null : bare;
}

function codePoint(sign: string): string {
  return (sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0"); // a sign is not empty
}

/** As many pieces as there is room for, then dots. */
function* clipped(pieces: Iterable<Piece>, longest: number): Generator<Piece> {
  let room = longest;
  for (const piece of pieces) {
    room -= piece.latex.length;
    if (room < 0) {
      yield { kind: "text", latex: "…" };
      return;
    }
    yield piece;
  }
}

/** Neighbouring pieces of text as one. */
function merged(pieces: Iterable<Piece>): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.kind === "text" && piece.kind === "text")
      all[all.length - 1] = { kind: "text", latex: last.latex + piece.latex };
    else all.push(piece);
  }
  return all;
}

// Sentences in LaTeX: labels and notes, in which the names of tensors may stand.

const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** The e-7 of 1.5e-7, which is not part of a name. */
const EXPONENT = /(?<=(?<![\p{L}\d_.^])\d+(?:\.\d+)?)e([+-]?\d+)(?![\p{L}\d_])/gu;

/** A superscript, a power of ten, a subscript, or what stands between them. */
const PART = /\^(\{[^{}]*\}|[^\s^/{}]+)|·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|([₀-₉]+)|[^^·₀-₉]+|./gsu;

/**
 * A sentence as `\text{…}`, interrupted by its signs of mathematics, scripts and powers of ten: within `\text` they
 * would stand between dollars, at which readers of Markdown end the formula.
 */
export function sentenceTex(sentence: string): string {
  const parts = sentence
    .replace(EXPONENT, (_, exponent: string) => `·10${superscript(Number(exponent))}`)
    .matchAll(PART);
  const pieces = Array.from(parts).flatMap(([part, raised, power, lowered]): Piece[] => {
    if (raised !== undefined) return [script(`^{${textTex(piecesIn(raised.replace(/^\{(.*)\}$/s, "$1")))}}`)];
    if (power !== undefined) return [script(` \\cdot 10^{${inLine(power, RAISED, "-0123456789")}}`)];
    if (lowered !== undefined) return [script(`_{${inLine(lowered, LOWERED, "0123456789")}}`)];
    return piecesIn(part);
  });
  return textTex(pieces);
}

function script(latex: string): Piece {
  return { kind: "script", latex };
}

function piecesIn(text: string): Piece[] {
  return [...clipped(piecesOf(text), LONGEST_SENTENCE)];
}

function textTex(pieces: readonly Piece[]): string {
  return merged(pieces)
    .map(({ kind, latex }, k, all) => {
      if (kind === "text") return `\\text{${latex}}`;
      if (kind === "command") return `\\${latex} `;
      // Two scripts in a row are not those of one sign.
      return k === 0 || all[k - 1].kind === "script" ? `{}${latex}` : latex;
    })
    .join("");
}

/** Raised or lowered digits as digits. */
function inLine(digits: string, from: string, to: string): string {
  return Array.from(digits, (sign) => to[from.indexOf(sign)]).join("");
}
