/** A derivation as it is shown: LaTeX that stands alone, text, and the data of Gradbook's own renderer. */

import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
import { plainTex } from "../latex/plain.ts";
import { roundedToSize } from "../numbers.ts";
import type { Step, StepKind, Verdict } from "./step.ts";

/** The MIME type of `DerivationJson`. */
export const DERIVATION_MIME = "application/vnd.gradbook.derivation.v1+json";

/** The derivation of one gradient. */
export interface Part {
  /** The gradient: dX. */
  readonly title: string;
  readonly steps: readonly Step[];
  readonly verdict: Verdict;
}

/** A derivation as it stands in a saved notebook; schemas/derivation.v1.schema.json describes it. */
export interface DerivationJson {
  readonly v: 1;
  readonly parts: readonly Part[];
}

/** How one or more gradients come about, step by step, each step checked. It is shown by being a cell's last value. */
export class Derivation {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** Whether every step holds at every random point. */
  get ok(): boolean {
    return this.parts.every(({ verdict }) => verdict.ok);
  }

  /**
   * The LaTeX of one step of the first gradient, its members joined by `=`.
   *
   * @example
   * explain(exp(tensor([[1, 2]]).as("X")).as("Y")).step("closed") // "dX = dY \\odot Y"
   */
  step(kind: StepKind): string | undefined {
    return this.parts[0]?.steps.find((step) => step.kind === kind)?.members.join(" = ");
  }

  /** The LaTeX of each gradient's derivation, without delimiters: one formula for all would be too long for MathJax. */
  latex(): string[] {
    return this.parts.map(({ steps, verdict }) => {
      const rows = [...steps.flatMap(rowsOf), checkRow(verdict)];
      return `\\begin{array}{ll} ${rows.join(" \\\\[6pt] ")} \\end{array}`;
    });
  }

  toString(): string {
    return this.parts.map(partText).join("\n\n");
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    const json: DerivationJson = { v: 1, parts: this.parts };
    const formulas = this.latex();
    const latex =
      formulas.length === 1 ? `$\\displaystyle ${formulas[0]}$` : formulas.map((f) => `$$${f}$$`).join("\n");
    return { [DERIVATION_MIME]: json, "text/latex": latex, "text/plain": this.toString() };
  }
}

makeDisplayable(Derivation.prototype);

/** A line per step; a chain with matrices in it has a line per member, as no front end breaks lines. */
function rowsOf({ label, members, note }: Step): string[] {
  const isTall = members.some((member) => member.includes("\\begin{pmatrix}"));
  const remark = note ? ` \\quad {\\small \\text{${escaped(note)}}}` : "";
  const [first, ...rest] = members;
  const name = `\\text{${escaped(label)}}`;
  if (!isTall || rest.length === 0) return [`${name} & \\displaystyle ${members.join(" = ")}${remark}`];
  return rest.map((member, k) => {
    const left = k === 0 ? `${name} & \\displaystyle ${first}` : "& \\displaystyle {}";
    return `${left} = ${member}${k === rest.length - 1 ? remark : ""}`;
  });
}

// Greek and ∂ in a label or a note stand outside \text, where no engine has them.
function escaped(text: string): string {
  const powers = text.replace(
    /·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g,
    (_, power: string) => `$ \\cdot 10^{${inLine(power)}}$`,
  );
  return powers.replace(/[∂αβγδκλμν]/g, (sign) => `$${MATH[sign]}$`);
}

/** Superscript digits as digits. */
function inLine(power: string): string {
  return Array.from(power, (sign) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)]).join("");
}

const MATH: Readonly<Record<string, string>> = {
  "∂": "\\partial ",
  α: "\\alpha",
  β: "\\beta",
  γ: "\\gamma",
  δ: "\\delta",
  κ: "\\kappa",
  λ: "\\lambda",
  μ: "\\mu",
  ν: "\\nu",
};

function checkRow(verdict: Verdict): string {
  const sentence = `\\text{${escaped(checkSentence(verdict))}}`;
  return verdict.ok
    ? `\\text{check} & \\checkmark \\; ${sentence}`
    : `\\text{check} & \\textcolor{red}{\\times \\; ${sentence}}`;
}

/** What was checked, and how closely. */
export function checkSentence({ ok, trials, error, counterexample }: Verdict): string {
  return ok
    ? `every line holds at ${trials} random points; differences agree to ${error === 0 ? "the last digit" : roundedToSize(error)}`
    : `failed: ${counterexample}`;
}

function partText({ steps, verdict }: Part): string {
  const lines = steps.map(({ label, members, note }) => {
    const chain = members.map(plainTex).join(" = ");
    return `${label.padEnd(17)} ${chain}${note ? `   (${note})` : ""}`;
  });
  return [...lines, `${"check".padEnd(17)} ${verdict.ok ? "✓" : "✗"} ${checkSentence(verdict)}`].join("\n");
}
