/** Writes the formulas of an op into its page, typeset by KaTeX while the page is built. */

import { cpSync, globSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import katex from "katex";
import { type DeclarationReflection, JSX, type Renderer } from "typedoc";
import * as library from "../../src/ops/index.ts";
import { showcaseOf } from "../showcases.ts";
import { type Statements, statementsOf } from "../statements.ts";

const ops = new Map(Object.entries(library));

const FOLDER = "assets/katex";

/** Adds the formulas of each op to what its page says of it. */
export function addFormulas(functions: readonly DeclarationReflection[]): void {
  for (const { name, signatures = [] } of functions) {
    const op = ops.get(name);
    if (op === undefined) continue;
    const html = formulasHtml(statementsOf(showcaseOf(name, op)));
    for (const { comment } of signatures) comment?.summary.push({ kind: "text", text: `\n\n${html}` });
  }
}

/** Links KaTeX's style sheet from every page. */
export function linkKatex({ hooks }: Renderer): void {
  hooks.on("head.end", (context) => {
    const href = context.relativeURL(`${FOLDER}/katex.min.css`) ?? ""; // of a path there is always one
    return JSX.createElement("link", { rel: "stylesheet", href });
  });
}

/** The formulas of an op as HTML. */
export function formulasHtml({ condition, value, gradients }: Statements): string {
  const lines = [value, ...gradients].map((latex) =>
    latex === null
      ? "<p>The derivative is written in other ops, in a formula too long to be read here.</p>"
      : katex.renderToString(latex, { displayMode: true, strict: "error", throwOnError: true }),
  );
  return `<figure class="formulas">${lines.join("")}<figcaption>For ${condition}, from the op’s own rule</figcaption></figure>`;
}

/** Copies what KaTeX's HTML needs to look right; of the fonts the one format that every browser takes. */
export function copyKatex(site: string): void {
  const dist = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));
  for (const file of ["katex.min.css", ...globSync("fonts/*.woff2", { cwd: dist })]) {
    const folder = file.startsWith("fonts") ? join(FOLDER, "fonts") : FOLDER;
    cpSync(join(dist, file), join(site, folder, basename(file)));
  }
}
