/** A report as a student sees it: what to think about first, then what was found; in text at most 83 columns wide. */

import type { MimeBundle } from "../print/display.ts";
import { latex } from "../print/latex.ts";
import { text } from "../print/text.ts";
import { fromJsonNumber, MOST } from "../tensor/numbers.ts";
import { Tensor } from "../tensor/tensor.ts";
import { nameTex } from "../tex/name.ts";
import type { Declared } from "./registry.ts";
import type { Finding, Report, Shown, Verdict } from "./report.ts";

/** The most columns of a line of text. */
const WIDEST = 83;

const SIGNS: Readonly<Record<Verdict, string>> = { passed: "✓", failed: "✗", open: "·", unsaid: "?" };

/** Both forms of a report, with how all exercises stand. */
export function reportBundle(report: Report, all: readonly Declared[]): MimeBundle {
  return { "text/markdown": reportMarkdown(report, all), "text/plain": reportText(report, all) };
}

export function reportText(report: Report, all: readonly Declared[]): string {
  const lines = [wrapped(headline(report), "", "  ")];
  for (const flag of report.flags) lines.push(wrapped(flag, "! ", "  "));
  for (const { hint } of hinted(report)) lines.push(wrapped(hint, "Hint: ", "      "));
  for (const finding of report.checks) lines.push(findingText(finding));
  lines.push(...progressLines(all).map((line) => wrapped(line, "", "  ")));
  return lines.join("\n");
}

function reportMarkdown(report: Report, all: readonly Declared[]): string {
  const parts = [`**${escaped(headline(report))}**`];
  for (const flag of report.flags) parts.push(`⚠ ${escaped(flag)}`);
  for (const { hint } of hinted(report)) parts.push(`**Hint.** ${escaped(hint)}`);
  for (const finding of report.checks) parts.push(findingMarkdown(finding));
  parts.push(...progressLines(all).map((line) => `<small>${escaped(line)}</small>`));
  // Markdown's own way to say what nobody sees: a grader notices outputs pasted from somebody else's notebook.
  if (report.owner !== null) parts.push(`[inputs of]: # "${encodeURIComponent(report.owner)}"`);
  return parts.join("\n\n");
}

/** Exercise 1a: …: public checks, 0 of 2 points. */
function headline({ exercise, title, audience, points, earned, gradable }: Report): string {
  const name = `Exercise ${exercise}${title === "" ? "" : `: ${title}`}`;
  const marks = gradable
    ? `${earned} of ${points} point${points === 1 ? "" : "s"}`
    : "no marks: the check came to nothing";
  return `${name} · ${audience === "public" ? "public checks" : "graded"} · ${marks}`;
}

function hinted({ checks }: Report): (Finding & { hint: string })[] {
  return checks.flatMap((finding) =>
    finding.hint === undefined ? [] : [{ ...finding, hint: finding.hint }],
  );
}

function sentence({ message, detail }: Finding): string {
  return detail === undefined || detail === "" ? message : `${message}: ${detail}`;
}

function findingText(finding: Finding): string {
  const line = wrapped(sentence(finding), `${SIGNS[finding.verdict]} `, "  ");
  const matrices = (finding.shows ?? []).flatMap((one) => {
    const block = text(asTensor(one).as(one.name)).split("\n");
    return block.some((row) => [...row].length + 4 > WIDEST) ? [] : block.map((row) => `    ${row}`);
  });
  return [line, ...matrices].join("\n");
}

function findingMarkdown(finding: Finding): string {
  const line = `${SIGNS[finding.verdict]} ${escaped(sentence(finding))}`;
  const matrices = (finding.shows ?? []).map((one) => {
    const name = one.name.replace(/^your /, "");
    const whose = name === one.name ? "" : "your ";
    return /\W/.test(name)
      ? `${escaped(one.name)}: $${shownTex(one, null)}$`
      : `${whose}$${shownTex(one, name)}$`;
  });
  // What the student gave has a line of its own.
  const given = matrices.filter((_, k) => !finding.shows?.[k].name.startsWith("your "));
  const own = matrices.filter((matrix) => !given.includes(matrix));
  return [line, given.join(" &emsp; "), own.join(" &emsp; ")].filter((part) => part !== "").join("\n\n");
}

/** A matrix, with the entry that is wrong in a box. */
function shownTex(one: Shown, name: string | null): string {
  const x = name === null ? asTensor(one) : asTensor(one).as(name);
  const [rows, columns] = [one.shape[0], one.shape[1] ?? 1];
  const isSmall = one.shape.length > 0 && one.shape.length <= 2 && rows <= MOST && columns <= MOST;
  if (one.mark === undefined || !isSmall) return `\\displaystyle ${latex(x)}`;
  const entry = (k: number): string => {
    const tex = latex(new Tensor([], Float64Array.of(x.data[k])));
    return k === one.mark ? `\\boxed{${tex}}` : tex;
  };
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => entry(i * columns + j)).join(" & "),
  );
  const head = name === null ? "" : `${nameTex(name, x.rank)} = `;
  return `\\displaystyle ${head}\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}

function asTensor({ shape, data }: Shown): Tensor {
  return new Tensor([...shape], Float64Array.from(data, fromJsonNumber));
}

/** How the exercises of the notebook stand. */
export function progressLines(all: readonly Declared[]): string[] {
  if (all.length < 2) return [];
  const signs = all.map(({ id, report }) => `${signOf(report)} ${id}`).join(", ");
  const right = all.filter(({ report }) => signOf(report) === SIGNS.passed).length;
  return [`Public checks passed in ${right} of ${all.length} exercises: ${signs}`];
}

function signOf(report: Report | null): string {
  if (report === null || report.checks.every(({ verdict }) => verdict === "open")) return SIGNS.open;
  return report.checks.every(({ verdict }) => verdict === "passed") ? SIGNS.passed : SIGNS.failed;
}

/** Breaks a sentence into lines. */
function wrapped(sentenceOf: string, first: string, rest: string): string {
  const lines: string[] = [];
  for (const [k, line] of sentenceOf.split("\n").entries()) {
    let current = k === 0 ? first : rest;
    const words = k === 0 ? line.split(" ") : [line]; // what has lines of its own, such as a caret below a formula
    for (const word of words) {
      const isStart = current.trim() === "" || current === first;
      const longer = isStart ? current + word : `${current} ${word}`;
      if (longer.length > WIDEST && !isStart) {
        lines.push(current);
        current = rest + word;
      } else current = longer;
    }
    lines.push(current);
  }
  return lines.map((line) => [...line.trimEnd()].slice(0, WIDEST).join("")).join("\n");
}

/** Text in which Markdown and TeX find nothing of theirs. */
function escaped(plain: string): string {
  return plain.replace(/[\\`*_{}[\]<>#|$~&]/g, (sign) => `\\${sign}`).replace(/\n/g, "  \n");
}
