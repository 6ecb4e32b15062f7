/** Typesets the formulas of a notebook for a page that somebody else makes of it: nbgrader's feedback and formgrader. */

import { type Cell, fieldsOf, type Notebook, textOf } from "../notebook/ipynb.ts";
import { mathematicsStyle, typeset, withMathematics } from "../report/mathematics.ts";

export interface Typeset {
  readonly cells: readonly {
    readonly source: string;
    /** For each output its forms, or `null` where they stay as they are. */
    readonly outputs: readonly (Readonly<Record<string, unknown>> | null)[];
  }[];
  /** The styles that the page needs. */
  readonly style: string;
}

export function typesetNotebook({ cells }: Notebook): Typeset {
  const done = cells.map((cell) => ({
    source:
      cell.cell_type === "markdown" ? withMathematics(withoutHtml(cell.source), (text) => text) : cell.source,
    outputs: (cell.outputs ?? []).map(typesetOutput),
  }));
  const html = JSON.stringify(done).replaceAll('\\"', '"');
  return { cells: done, style: mathematicsStyle(html) };
}

function typesetOutput({
  data,
}: NonNullable<Cell["outputs"]>[number]): Readonly<Record<string, unknown>> | null {
  if (data === undefined) return null;
  const forms = fieldsOf(data);
  const plain = { "text/plain": textOf(forms["text/plain"]) };
  const markdown = textOf(forms["text/markdown"]);
  if (markdown !== "")
    return { "text/markdown": withMathematics(withoutHtml(markdown), (text) => text), ...plain };
  const latex = textOf(forms["text/latex"]);
  if (latex !== "")
    return { "text/html": `<div>${typeset(latex.replace(/^\s*\$+|\$+\s*$/g, ""))}</div>`, ...plain };
  return null;
}

/** What a student wrote may not become a part of the teacher's page that does something. */
function withoutHtml(markdown: string): string {
  return markdown.replace(/<(?=[a-z/!?])/gi, "&lt;");
}
