/** A derivation as it is shown: LaTeX that stands alone, text, and the data of Gradbook's own renderer. */

import {
  type MimeBundle,
  makeDisplayable,
  noteRedrawn,
  outputLatex,
  type Redrawn,
} from "../print/display.ts";
import { roundedToSize } from "../tensor/numbers.ts";
import { plainTex } from "../tex/plain.ts";
import { sentenceTex } from "../tex/signs.ts";

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
  /** How many operations follow that were not derived, if any. */
  readonly omitted?: number;
}

/** How one or more gradients come about, step by step, each step checked. It is shown by being a cell's last value. */
export class Derivation {
  readonly parts: readonly Part[];
  /** How many operations of a long computation were not derived. */
  readonly omitted: number;
  readonly #redrawn: Redrawn | null;

  constructor(parts: readonly Part[], omitted = 0, redrawn: Redrawn | null = null) {
    this.parts = parts;
    this.omitted = omitted;
    this.#redrawn = redrawn;
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

  /** The LaTeX of each gradient's derivation, without delimiters; of a long one, in several formulas. */
  latex(): string[] {
    const parts = this.parts.flatMap(({ steps, verdict }) => {
      const rows = [...steps.flatMap(rowsOf), checkRow(verdict)];
      return together(rows).map((some) => `\\begin{array}{ll} ${some.join(NEW_ROW)} \\end{array}`);
    });
    return this.omitted === 0 ? parts : [...parts, sentenceTex(omittedSentence(this.omitted))];
  }

  toString(): string {
    const parts = this.parts.map(partText);
    return (this.omitted === 0 ? parts : [...parts, omittedSentence(this.omitted)]).join("\n\n");
  }

  /** What a notebook shows. */
  toMimeBundle(): MimeBundle {
    const { parts, omitted } = this;
    const json: DerivationJson = { v: 1, parts, ...(omitted > 0 && { omitted }) };
    const latex = outputLatex(this.latex());
    if (this.#redrawn !== null) noteRedrawn(latex, this.#redrawn);
    return { [DERIVATION_MIME]: json, "text/latex": latex, "text/plain": this.toString() };
  }
}

makeDisplayable(Derivation.prototype);

const NEW_ROW = " \\\\[6pt] ";

/** MathJax rejects formulas of more than 5 kB, or shows them in red. */
const LONGEST_FORMULA = 4500;

/** What is longer than this is left out, as a row must fit into one formula. */
const LONGEST_MEMBER = 3500;

/** The rows in groups, each of which fits into one formula. */
function together(rows: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  let length = 0;
  for (const row of rows) {
    if (length > 0 && length + row.length + NEW_ROW.length > LONGEST_FORMULA) {
      groups.push([]);
      length = 0;
    }
    groups[groups.length - 1].push(row);
    length += row.length + NEW_ROW.length;
  }
  return groups;
}

/** A line per step; a chain with matrices in it has a line per member, as no front end breaks lines. */
function rowsOf({ label, members: all, note }: Step): string[] {
  const members = all.map((member) => (member.length > LONGEST_MEMBER ? "\\cdots" : member));
  const isTall = members.some((member) => member.includes("\\begin{pmatrix}"));
  const remark = note ? ` \\quad {\\small ${sentenceTex(note)}}` : "";
  const [first, ...rest] = members;
  const name = sentenceTex(label);
  if (!isTall || rest.length === 0) return [`${name} & \\displaystyle ${members.join(" = ")}${remark}`];
  return rest.map((member, k) => {
    const left = k === 0 ? `${name} & \\displaystyle ${first}` : "& \\displaystyle {}";
    return `${left} = ${member}${k === rest.length - 1 ? remark : ""}`;
  });
}

function checkRow(verdict: Verdict): string {
  const sentence = sentenceTex(checkSentence(verdict));
  if (verdict.unsaid !== undefined) return `\\text{check} & ${sentence}`;
  return verdict.ok
    ? `\\text{check} & \\checkmark \\; ${sentence}`
    : `\\text{check} & \\textcolor{red}{\\times \\; ${sentence}}`;
}

function omittedSentence(omitted: number): string {
  return `The ${omitted} operations before are left out; explain takes the result of any of them`;
}

/** What was checked, and how closely. */
export function checkSentence({ ok, trials, error, unsaid, counterexample }: Verdict): string {
  if (unsaid !== undefined) return `cannot be said: ${unsaid}`;
  return ok
    ? `every line holds at ${trials} random points; differences agree to ${error === 0 ? "the last digit" : roundedToSize(error)}`
    : `failed: ${counterexample}`;
}

/** A check has three answers, and the third has no tick or cross. */
function tickOf({ ok, unsaid }: Verdict): string {
  return ok ? "✓ " : unsaid === undefined ? "✗ " : "";
}

function partText({ steps, verdict }: Part): string {
  const lines = steps.map(({ label, members, note }) => {
    const chain = members.map(plainTex).join(" = ");
    return `${label.padEnd(17)} ${chain}${note ? `   (${note})` : ""}`;
  });
  return [...lines, `${"check".padEnd(17)} ${tickOf(verdict)}${checkSentence(verdict)}`].join("\n");
}

// What a derivation is made of; schemas/derivation.v1.schema.json describes its JSON.

/** The steps of the lecture's chain, in their order. */
export type StepKind =
  | "shapes"
  | "definition"
  | "generic"
  | "local"
  | "jacobian"
  | "expanded"
  | "closed"
  | "numbers"
  | "check";

/** One line of thought: a chain of equal members. */
export interface Step {
  readonly kind: StepKind;
  /** What it is, in a word or two. */
  readonly label: string;
  /** The members of the chain in LaTeX: the first stands alone, each other after its `=`. */
  readonly members: readonly string[];
  /** A short remark, as text. */
  readonly note?: string;
}

/** What the check of a derivation found. */
export interface Verdict {
  readonly ok: boolean;
  /** The random points at which every line holds; on a failure, those that were tried. */
  readonly trials: number;
  /** The largest relative error. */
  readonly error: number;
  /** Why there is no verdict: nothing fails, but every line holds at no single point. */
  readonly unsaid?: string;
  /** Where it fails, and both values. */
  readonly counterexample?: string;
  /** The step that fails. */
  readonly step?: StepKind;
}
