/** Mathematics in a page that stands alone: typeset here, with the fonts it uses in the page itself. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";

const FOLDER = dirname(createRequire(import.meta.url).resolve("katex"));

/** LaTeX as HTML; what cannot be typeset stays as it was written. */
export function typeset(tex: string, displayMode = false): string {
  return katex.renderToString(tex, {
    displayMode,
    throwOnError: false,
    strict: "ignore",
    trust: false,
    maxSize: 50,
    maxExpand: 500,
    output: "htmlAndMathml",
  });
}

/** A text with mathematics between dollars or in brackets; `plain` does the rest. */
export function withMathematics(text: string, plain: (text: string) => string): string {
  const formulas: string[] = [];
  const pattern =
    /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\\$])\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/g;
  const kept = text.replace(pattern, (_, display, brackets, round, inline) => {
    const tex = display ?? brackets;
    formulas.push(tex === undefined ? typeset(inline ?? round) : typeset(tex, true));
    return `\ue000${formulas.length - 1}\ue001`;
  });
  return plain(kept).replace(/\ue000(\d+)\ue001/g, (_, k) => formulas[Number(k)] ?? "");
}

/** The styles that a page with this mathematics needs: none if there is none. */
export function mathematicsStyle(html: string): string {
  if (!html.includes('class="katex"')) return "";
  const css = readFileSync(join(FOLDER, "katex.min.css"), "utf8");
  const faces = /@font-face\{[^}]*\}/g;
  const used = fontsOf(html);
  const fonts = [...css.matchAll(faces)].flatMap(([face]) => {
    const name = /url\(fonts\/(KaTeX_[\w-]+)\.woff2\)/.exec(face)?.[1];
    if (name === undefined || !used.some((pattern) => pattern.test(name))) return [];
    const data = readFileSync(join(FOLDER, "fonts", `${name}.woff2`)).toString("base64");
    return [face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`)];
  });
  return [...fonts, css.replace(faces, "")].join("");
}

/** Which fonts the classes of the mathematics ask for. */
function fontsOf(html: string): RegExp[] {
  const always = [/^KaTeX_Main-Regular$/, /^KaTeX_Math-Italic$/];
  const byClass: readonly (readonly [RegExp, RegExp])[] = [
    [/mathbf|textbf|boldsymbol/, /^KaTeX_(Main-Bold|Math-BoldItalic)$/],
    [/mathbb|amsrm/, /^KaTeX_AMS-Regular$/],
    [/mathcal/, /^KaTeX_Caligraphic-Regular$/],
    [/delimsizing|delimsizinginner|op-symbol|large-op|small-op/, /^KaTeX_Size[1-4]-Regular$/],
    [/mathtt|texttt/, /^KaTeX_Typewriter-Regular$/],
    [/mathsf|textsf/, /^KaTeX_SansSerif-Regular$/],
    [/mathscr/, /^KaTeX_Script-Regular$/],
    [/mathfrak/, /^KaTeX_Fraktur-Regular$/],
    [/textit|mathit/, /^KaTeX_Main-Italic$/],
  ];
  return [...always, ...byClass.filter(([pattern]) => pattern.test(html)).map(([, font]) => font)];
}
