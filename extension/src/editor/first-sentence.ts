/** The one sentence of a documentation that fits into a tooltip. */

/** The first sentence of the first paragraph, in one line and without the marks of Markdown's code. */
export function firstSentence(documentation: string): string {
  const [paragraph] = documentation.trim().split(/\n\s*\n/);
  const line = paragraph.replaceAll(/\s+/g, " ").replaceAll("`", "");
  // A full stop ends a sentence only where another begins: not in "0.5", "e.g. x" or "x.T".
  return /^.*?[.!?](?= [A-Z])/.exec(line)?.[0] ?? line;
}
