/** LaTeX as an output of a notebook has it, for every reader of notebooks. */

/**
 * One formula stands at the left, as all output does: inline, since what is displayed would stand in the middle. Several
 * are displayed below each other.
 *
 * Readers of Markdown, which many notebooks' readers are, end a formula at a dollar, and do not begin or end one at a
 * space: so there is neither.
 */
export function outputLatex(formulas: string | readonly string[]): string {
  const all = [formulas].flat().map((formula) => formula.trim());
  return all.length === 1 ? `$\\displaystyle ${all[0]}$` : all.map((formula) => `$$${formula}$$`).join("\n");
}
