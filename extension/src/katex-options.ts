/** How KaTeX is called in this extension. */
import type { KatexOptions } from "katex";

/** LaTeX to the letter, as the library writes it, and no command that could reach outside the formula. */
export const katexOptions: KatexOptions = {
  // HTML to look at, and MathML in the same place for screen readers.
  output: "htmlAndMathml",
  strict: "error",
  throwOnError: true,
  // \href, \includegraphics and the \html… family print their own name instead, in this colour.
  trust: false,
  errorColor: "var(--jp-error-color1)",
  // What the library writes stays far below; a stranger's formula must not cover or block the page.
  maxExpand: 1000,
  maxSize: 50,
};
