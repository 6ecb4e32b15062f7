/** What a student gets back: the notebook as it ran, the marks beside it, and nothing of the hidden tests. */

import { Marked } from "marked";
import type { FeedbackCell, Mark, Result, Shown } from "../grade/result.ts";
import { typeset, withMathematics } from "./mathematics.ts";
import { escaped, page } from "./page.ts";

// HTML in a notebook is text here, and a link goes nowhere but to the web.
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return /^https?:\/\//i.test(href) ? `<a href="${escaped(href)}" rel="noopener">${text}</a>` : text;
    },
    image: ({ href, text }) =>
      /^data:image\/(png|jpeg|gif);base64,/.test(href)
        ? `<img src="${escaped(href)}" alt="${escaped(text)}">`
        : escaped(text),
  },
});

export function feedbackPage(result: Result): string {
  const { student, assignment, notebook, earned, points, manual, marks, repairs, flags, cells, refused } =
    result;
  const title = `${assignment}: ${student}`;
  const head = [
    `<h1>${escaped(assignment)} <span class="dim">${escaped(notebook)}</span></h1>`,
    `<p>${escaped(student)}: <strong>${earned} of ${points} points</strong>${
      manual > 0 ? `, and ${manual} of them are still to be marked by hand` : ""
    }</p>`,
  ];
  if (refused !== undefined)
    return page(title, [...head, `<p class="error">${escaped(refused)}</p>`].join("\n"));
  const notes = [...repairs, ...flags];
  const noted =
    notes.length === 0
      ? ""
      : `<ul class="dim">${notes.map((note) => `<li>${escaped(note)}</li>`).join("")}</ul>`;
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const body = cells.map((cell) => cellHtml(cell, cell.id === undefined ? undefined : byId.get(cell.id)));
  return page(title, [...head, marksTable(marks), noted, ...body].join("\n"));
}

function marksTable(marks: readonly Mark[]): string {
  const rows = marks.map(
    ({ id, status, earned, points }) =>
      `<tr><td>${escaped(id)}</td><td class="number">${status === "manual" ? "by hand" : earned}</td><td class="number">${points}</td></tr>`,
  );
  return `<table><tr><th>Exercise</th><th class="number">Points</th><th class="number">of</th></tr>${rows.join("")}</table>`;
}

function cellHtml({ type, source, own, shown }: FeedbackCell, mark: Mark | undefined): string {
  if (type === "markdown") {
    return (
      withMathematics(source, (text) => marked.parse(text, { async: false })) + (mark ? markHtml(mark) : "")
    );
  }
  if (mark?.status === "graded") return testHtml(mark, shown);
  const code = source.trim() === "" ? "" : `<pre${own ? ' class="own"' : ""}>${escaped(source)}</pre>`;
  return code + (shown ? shownHtml(shown) : "") + (mark ? markHtml(mark) : "");
}

function markHtml({ status, earned, points }: Mark): string {
  if (status === "manual") return `<p class="dim">Marked by hand: ${points} points</p>`;
  return `<span class="mark ${earned >= points ? "good" : "bad"}">${earned} of ${points}</span>`;
}

// The source of a test is not shown, only what it says.
function testHtml(mark: Mark, shown: Shown | undefined): string {
  const isGood = mark.earned >= mark.points;
  const said = shown === undefined ? "" : shownHtml(shown);
  const text = said === "" && !isGood && mark.message === undefined ? `<p>Some points are missing</p>` : said;
  return `<div class="test ${isGood ? "good" : "bad"}">${markHtml(mark)}<strong>${escaped(mark.id)}</strong>${text}</div>`;
}

function shownHtml({ printed, forms = [], error }: Shown): string {
  const parts = printed === undefined ? [] : [`<pre class="printed">${escaped(printed)}</pre>`];
  parts.push(...forms.map(formHtml));
  if (error) parts.push(`<p class="error">${escaped(`${error.name}: ${error.message}`)}</p>`);
  return parts.join("");
}

function formHtml(forms: Readonly<Record<string, unknown>>): string {
  const text = (type: string): string | undefined =>
    typeof forms[type] === "string" ? (forms[type] as string) : undefined;
  const markdown = text("text/markdown");
  if (markdown !== undefined) {
    return `<div class="out">${withMathematics(markdown, (plain) => marked.parse(plain, { async: false }))}</div>`;
  }
  const latex = text("text/latex");
  if (latex !== undefined) return `<div class="out">${typeset(latex.replace(/^\s*\$+|\$+\s*$/g, ""))}</div>`;
  for (const type of ["image/png", "image/jpeg"]) {
    const data = text(type)?.replace(/\s/g, "");
    if (data !== undefined && /^[A-Za-z0-9+/=]+$/.test(data)) {
      return `<div class="out"><img src="data:${type};base64,${data}" alt=""></div>`;
    }
  }
  return `<pre class="printed">${escaped(text("text/plain") ?? "")}</pre>`;
}
