/** Formulas between dollars in the texts of the documentation, typeset while it is built. */
import katex from "katex";
import type markdownIt from "markdown-it";

type Rule = Parameters<markdownIt["inline"]["ruler"]["before"]>[2];

// $x$ stands in the line, $$x$$ in one of its own. A dollar before a space, or in code, is none.
const FORMULA = /\$\$([^$]+)\$\$|\$(?![\s$])([^$]*[^\s$\\])\$(?!\d)/y;

/** Teaches the Markdown reader to typeset formulas; one that KaTeX refuses ends the build. */
export function typesetFormulas(markdown: markdownIt): void {
  const formula: Rule = (state, silent) => {
    if (state.src[state.pos] !== "$") return false;
    FORMULA.lastIndex = state.pos;
    const found = FORMULA.exec(state.src);
    if (found === null) return false;
    if (!silent) {
      const [, display, inline] = found;
      const options = { displayMode: display !== undefined, strict: "error", throwOnError: true } as const;
      state.push("html_inline", "", 0).content = katex.renderToString(display ?? inline, options);
    }
    state.pos += found[0].length;
    return true;
  };
  markdown.inline.ruler.before("escape", "formula", formula);
}
