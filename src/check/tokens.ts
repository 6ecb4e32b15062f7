/** Cuts a formula into tokens; the three spellings, Unicode, ASCII and LaTeX, become one. */

import { LATEX_FUNCTIONS } from "../tex/signs.ts";
import { FormulaError } from "./grammar.ts";

/** The smallest part of a formula. */
export interface Token {
  readonly kind: "number" | "word" | "sign" | "end";
  /** As all three spellings have it: `⊙` for `\odot` and `.*`. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν " +
    "xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π " +
    "Sigma Σ Phi Φ Psi Ψ Omega Ω"
  )
    .match(/\S+ \S+/g)
    ?.map((pair) => pair.split(" ")) ?? [],
);

/** The letter of a Greek name, or the name itself. */
export function greekLetter(name: string): string {
  return Object.hasOwn(GREEK, name) ? GREEK[name] : name;
}

const SIGNS: Readonly<Record<string, string>> = {
  ".*": "⊙",
  "∘": "⊙",
  "◯": "⊙",
  "⊙": "⊙",
  "*": "·",
  "⋅": "·",
  "·": "·",
  "×": "·",
  "@": "@",
  "−": "-",
  "–": "-",
  ">=": "≥",
  "<=": "≤",
  "!=": "≠",
  "==": "=",
  "'": "ᵀ",
  "⊤": "ᵀ",
  "∥": "‖",
  ".T": "ᵀ",
  Σ: "∑",
  "...": "⋯",
  "…": "⋯",
  "⋮": "⋮",
  "⋱": "⋱",
  "\n": ",",
};

const COMMANDS: Readonly<Record<string, string>> = {
  odot: "⊙",
  circ: "⊙",
  bigcirc: "⊙",
  cdot: "·",
  times: "·",
  geq: "≥",
  ge: "≥",
  gt: ">",
  leq: "≤",
  le: "≤",
  lt: "<",
  neq: "≠",
  ne: "≠",
  partial: "∂",
  sum: "∑",
  top: "ᵀ",
  cdots: "⋯",
  dots: "⋯",
  ldots: "⋯",
  vdots: "⋮",
  ddots: "⋱",
  quad: ",",
  qquad: ",",
  frac: "frac",
  dfrac: "frac",
  tfrac: "frac",
  sqrt: "√",
  lvert: "|",
  rvert: "|",
  lVert: "‖",
  rVert: "‖",
  Vert: "‖",
  "|": "‖",
  infty: "∞",
  "\\": "\\\\",
};

const SILENT = /^(left|right|big|Big|bigl|bigr|displaystyle|boxed|limits|[,;:! ])$/;
const FONTS = /^(vec|overrightarrow|mathbf|boldsymbol|mathrm|mathbb|text|operatorname)$/;
const FUNCTIONS: ReadonlySet<string> = new Set(LATEX_FUNCTIONS);

/** Why some commands of the slides are not part of a formula. */
const REFUSED: Readonly<Record<string, string>> = {
  implies: "an implication is no equation; check each side by itself",
  Rightarrow: "an implication is no equation; check each side by itself",
  in: "a statement about shapes is no equation; X.shape tells the shape",
  longrightarrow: "an arrow is no equation; write the formula that leads from one side to the other",
  leftarrow: "an arrow in a row is a picture; write the entries",
  rightarrow: "an arrow in a row is a picture; write the entries",
  uparrow: "an arrow in a column is a picture; write the entries",
  downarrow: "an arrow in a column is a picture; write the entries",
};

type Kind = Token["kind"] | "space" | "command" | "superscript";

const PATTERNS: readonly (readonly [kind: Kind, pattern: RegExp])[] = [
  ["space", /[^\S\n]+/uy],
  ["command", /\\([A-Za-z]+|.)/uy],
  ["number", /(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?/uy],
  [
    "sign",
    /Σ(?=_)|\.\*|\.T\b|\.astype\(float\)|\.{3}|>=|<=|!=|:=|==|[\n⬚∘◯⊙*⋅·×@−–'⊤∑…⋯⋮⋱+\-=≥≤≠<>()[\]{}|‖∥∞,;^_/&∂ᵀ√𝟏𝟙]/uy,
  ],
  ["superscript", /[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣʸᶻ]+/uy],
  ["word", /[A-Za-z][A-Za-z0-9]*[₀-₉]*|\p{L}[0-9]*[₀-₉]*/uy],
];

/** The tokens of a formula, ending with one of kind "end". */
export function tokensOf(source: string, start = 0): Token[] {
  const tokens: Token[] = [];
  let at = start;
  let depth = 0;
  const push = (kind: Token["kind"], text: string, end: number): void => {
    if (/^([([{]|begin .*)$/.test(text)) depth++;
    if (/^([)\]}]|end .*)$/.test(text)) depth--;
    if (source[at] === "\n" && depth > 0) return; // within brackets a new line is a space
    const before = tokens.at(-1);
    const isGradient = kind === "word" && before?.text === "d" && before.end === at;
    if (isGradient) tokens[tokens.length - 1] = { kind, text: `d${text}`, at: before.at, end };
    else tokens.push({ kind, text, at, end });
  };
  while (at < source.length) {
    const [kind, match] = matchAt(source, at);
    let end = at + match[0].length;
    if (kind === "command") end = command(source, at, match[1], push);
    else if (kind === "sign") pushSign(match[0], end, push);
    else if (kind === "superscript") pushSuperscript(match[0], end, push);
    else if (kind !== "space") push(kind, match[0], end);
    at = end;
  }
  push("end", "the end", source.length);
  return tokens;
}

type Push = (kind: Token["kind"], text: string, end: number) => void;

function matchAt(source: string, at: number): [kind: Kind, match: RegExpExecArray] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return [kind, match];
  }
  const [sign] = source.slice(at);
  throw new FormulaError(`Cannot read ${sign}: it is no part of the grammar of formulas`, source, at);
}

function pushSign(text: string, end: number, push: Push): void {
  if (text === "𝟏" || text === "𝟙") push("word", "𝟏", end);
  else if (text !== ".astype(float)") push("sign", SIGNS[text] ?? text, end); // an indicator is a number already
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣʸᶻ";
const LEVEL = "0123456789+-nxyz";

/** x⁻² is x^{-2}, eˣ is e^{x}. */
function pushSuperscript(text: string, end: number, push: Push): void {
  const level = Array.from(text, (sign) => LEVEL[RAISED.indexOf(sign)]).join("");
  const parts = level.match(/\d+|[-+]|[a-z]/g) ?? [];
  const isOne = parts.length === 1; // tanh² is read as tanh^2 is
  for (const part of ["^", ...(isOne ? parts : ["{", ...parts, "}"])]) {
    push(/\d/.test(part) ? "number" : /[a-z]/.test(part) ? "word" : "sign", part, end);
  }
}

/** Pushes what a LaTeX command stands for; returns where it ends. */
function command(source: string, at: number, name: string, push: Push): number {
  const end = at + 1 + name.length;
  if (SILENT.test(name)) return end;
  if (Object.hasOwn(COMMANDS, name)) push("sign", COMMANDS[name], end);
  else if (Object.hasOwn(GREEK, name) || FUNCTIONS.has(name)) push("word", greekLetter(name), end);
  else if (FONTS.test(name)) return inFont(source, end, push);
  else if (name === "begin" || name === "end") {
    const [whole, environment] = /^\{(\w+)\*?\}(\{[clr|]*\})?/.exec(source.slice(end)) ?? ["", ""];
    push("sign", `${name} ${environment}`, end + whole.length);
    return end + whole.length;
  } else {
    const why = REFUSED[name] ?? "it is no part of the grammar of formulas";
    throw new FormulaError(`Cannot read \\${name}: ${why}`, source, at);
  }
  return end;
}

/** \text{ReLU} is the word in it, \mathbf{1} is 𝟏. */
function inFont(source: string, start: number, push: Push): number {
  const [whole, inner] = /^\s*\{([^{}]*)\}|^\s*./u.exec(source.slice(start)) ?? ["", ""];
  const content = inner?.trim() ?? "";
  if (content === "1") push("word", "𝟏", start + whole.length);
  else if (/^[A-Za-z]\w*$/.test(content)) push("word", content, start + whole.length);
  else if (content === "T" || content === "\\top") push("sign", "ᵀ", start + whole.length);
  else return start; // \vec b and \vec{\beta}: only the letter counts
  return start + whole.length;
}
