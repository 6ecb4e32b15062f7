/** What two formulas may differ in and still be the same line of the lecture. */

/** Commands that only make room, or let parentheses grow. */
const SPACING: ReadonlySet<string> = new Set(["\\,", "\\;", "\\quad", "\\qquad", "\\left", "\\right"]);

/** Different signs for the same thing: the slides have three circles for one product, and two kinds of dots. */
const SYNONYMS: Readonly<Record<string, string>> = {
  "\\dots": "\\cdots",
  "\\bigcirc": "\\odot",
  "\\circ": "\\odot",
  "\\top": "T",
};

/**
 * The tokens of a formula with one space between them: no other space, no braces around a single sign of a script,
 * a subscript before a superscript, and one sign per meaning.
 */
export function normalise(latex: string): string {
  const tokens = latex.replaceAll("\\text{ReLU}", "\\operatorname{ReLU}").match(/\\[a-zA-Z]+|\\.|\S/g) ?? [];
  return tokens
    .filter((token) => !SPACING.has(token))
    .map((token) => SYNONYMS[token] ?? token)
    .join(" ")
    .replace(/([_^]) \{ (\S+) \}/g, "$1 $2");
}
