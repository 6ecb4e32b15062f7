/** KaTeX with its style sheet and fonts: a chunk of its own, loaded with the first tensor. */
import katex from "katex";
import "katex/dist/katex.min.css";
import { checkSize } from "./formula-size.ts";
import { katexOptions } from "./katex-options.ts";

/** Typesets `tex` at display size into `node`, or throws KaTeX's ParseError, or a FormulaSizeError. */
export function typeset(tex: string, node: HTMLElement): void {
  checkSize(tex);
  // Inline with \displaystyle, because KaTeX centres what it renders in display mode.
  katex.render(`\\displaystyle ${tex}`, node, katexOptions);
}
