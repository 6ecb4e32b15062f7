/** Our LaTeX as text: `\frac{\partial y_{ij}}{\partial x_{ij}}` becomes `∂y_ij/∂x_ij`. */

import { superscript } from "../tensor/numbers.ts";
import { COMMAND_SIGNS, GREEK_LETTERS, LATEX_FUNCTIONS } from "./signs.ts";

const SIGNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...COMMAND_SIGNS, ...GREEK_LETTERS, ...LATEX_FUNCTIONS.map((name) => [name, name])]),
  implies: "⟹",
  top: "ᵀ",
  sum: "Σ",
  prod: "Π",
  vdots: "⋮",
  ddots: "⋱",
  lvert: "|",
  rvert: "|",
  lfloor: "⌊",
  rfloor: "⌋",
  varphi: "φ",
  quad: "  ",
  displaystyle: "",
};

/** Commands whose argument stands as it is. */
const BARE: ReadonlySet<string> = new Set([
  "mathrm",
  "text",
  "operatorname",
  "vec",
  "overrightarrow",
  "boxed",
]);

/** The text of a formula of this library. */
export function plainTex(latex: string): string {
  return new Reader(latex).read().replace(/ +/g, " ").trim();
}

/** The same for a drawing, in the notation of its labels: scripts in braces, vectors with their arrows. */
export function texLabel(latex: string): string {
  return new Reader(latex, true).read().replace(/ +/g, " ").trim();
}

/** A formula that is text already, in the notation of labels. */
export function textLabel(text: string): string {
  return text.replace(/([_^])(?:\((\([^()]*\)|[^()]*)\)|([\p{L}\p{N}]+))/gu, "$1{$2$3}").replace(/-/g, "−");
}

const VECTOR = "\u20d7";

class Reader {
  readonly #source: string;
  readonly #isForLabel: boolean;
  #at = 0;

  constructor(source: string, isForLabel = false) {
    this.#source = source;
    this.#isForLabel = isForLabel;
  }

  /** Reads up to the closing brace, to `\end`, or to the end. */
  read(): string {
    let text = "";
    while (
      this.#at < this.#source.length &&
      this.#source[this.#at] !== "}" &&
      !this.#source.startsWith("\\end{", this.#at)
    ) {
      text += this.#after(text);
    }
    return text;
  }

  /** The next part, in parentheses where what stands before it would split it. */
  #after(text: string): string {
    const isFraction = this.#source.startsWith("\\frac", this.#at);
    const piece = this.#next();
    return isFraction && holdsTogether(piece, text) ? `(${piece})` : piece;
  }

  #next(): string {
    if (this.#at >= this.#source.length) return "";
    const sign = this.#source[this.#at];
    if (sign === "\\") return this.#command();
    if (sign === "{") return this.#group();
    this.#at += 1;
    if (sign !== "_" && sign !== "^") return sign === "-" && this.#isForLabel ? "−" : sign;
    const script = this.#group()
      .replace(/ +/g, " ")
      .replace(/(?<![\p{L}\p{N})}]) | (?![\p{L}\p{N}({√])/gu, ""); // X^(2 Y), but 𝟏_(X>0)
    if (sign === "^" && script === "ᵀ") return script;
    if (this.#isForLabel) return `${sign}{${oneLevel(script)}}`;
    return `${sign}${/^[\p{L}\p{N}]+$/u.test(script) ? script : `(${script})`}`;
  }

  /** What stands in braces, or the next sign alone. */
  #group(): string {
    if (this.#source[this.#at] !== "{") return this.#next();
    this.#at += 1;
    const text = this.read();
    this.#at += 1;
    return text;
  }

  #command(): string {
    const [whole, name] = /\\([a-zA-Z]+|[\s\S])/y.exec(this.#source.slice(this.#at)) ?? ["\\", ""];
    this.#at += whole.length;
    if (name === "begin") return this.#environment();
    if (name === "partial" && this.#source[this.#at] === " ") this.#at += 1;
    // The space between \alpha and 1 ends the command.
    if (GREEK_LETTERS.has(name) && /^ [A-Za-z0-9]/.test(this.#source.slice(this.#at, this.#at + 2)))
      this.#at += 1;
    if (name === "frac") return fraction(this.#group(), this.#group());
    if (name === "sqrt") return this.#base(`√${grouped(this.#group())}`);
    if (name === "mathbb") return this.#group() === "R" ? "ℝ" : "";
    if (name === "mathbf") return this.#group() === "1" ? "𝟏" : "";
    if (name === "phantom") {
      this.#group();
      return "";
    }
    if (this.#isForLabel && (name === "vec" || name === "overrightarrow")) return `${this.#group()}${VECTOR}`;
    if (BARE.has(name)) return this.#group();
    if (name === "left" || name === "right") return "";
    return (
      SIGNS[name] ??
      (/^[a-zA-Z]/.test(name) ? name : name === "\\" ? "\\" : name === "," || name === ";" ? " " : name)
    );
  }

  /** In parentheses before a superscript, which would be that of its last part. */
  #base(text: string): string {
    return this.#source[this.#at] === "^" ? `(${text})` : text;
  }

  #environment(): string {
    const kind = this.#group();
    if (kind === "array") this.#group();
    const rows: string[][] = [[""]];
    while (this.#at < this.#source.length && !this.#source.startsWith("\\end{", this.#at)) {
      if (this.#source.startsWith("\\\\", this.#at)) {
        this.#at += 2;
        if (this.#source[this.#at] === "[") this.#at = this.#source.indexOf("]", this.#at) + 1;
        rows.push([""]);
      } else if (this.#source[this.#at] === "&") {
        this.#at += 1;
        rows[rows.length - 1].push("");
      } else {
        const row = rows[rows.length - 1];
        row[row.length - 1] += this.#after(row[row.length - 1]);
      }
    }
    this.#at += `\\end{${kind}}`.length;
    const lines = rows.map((row) => row.map((cell) => cell.trim()));
    if (kind === "cases") return `{ ${lines.map(([value, when]) => `${value} ${when}`).join("; ")} }`;
    return `( ${lines.map((row) => row.join(", ")).join(" ; ")} )`;
  }
}

/** A script of a label, which has one level of them: a power of ten in it is written in raised digits. */
function oneLevel(script: string): string {
  return script
    .replace(/\^\{(−?\d+)\}/g, (_, power: string) => superscript(Number(power.replace("−", "-"))))
    .replace(/[_^{}]/g, "");
}

function fraction(over: string, under: string): string {
  return `${operand(over)}/${grouped(under)}`;
}

/** The operand of a sign: in parentheses also when it is a negative number. */
function grouped(text: string): string {
  return text.startsWith("-") ? `(${text})` : operand(text);
}

/** A numerator or denominator: in parentheses when it has more than one part. */
function operand(text: string): string {
  return /[ +−·⊙×/]|(?!^)-/.test(text) ? `(${text})` : text;
}

/** Whether a fraction needs parentheses after what stands before it: A (B/C) is not (A B)/C. */
function holdsTogether(fraction: string, before: string): boolean {
  if (fraction.startsWith("∂") || /[ΣΠ]_\S+ $/.test(before)) return false;
  return fraction.startsWith("-") ? /[^\s(=,;]\s*$/.test(before) : /[\p{L}\p{N})ᵀ}]\s*$/u.test(before);
}
