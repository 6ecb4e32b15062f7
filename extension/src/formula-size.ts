/** How much a formula is for a page: a stranger's must not keep it busy for seconds. */

/**
 * The most that a formula may weigh, which is about the number of elements that it becomes: KaTeX makes them, and the
 * browser lays them out, in some 0.2 s. A matrix of 30×30 numbers with all their digits weighs 11,500.
 */
export const mostWeight = 12_000;

/** A formula that is too much for a page; the message says why. */
export class FormulaSizeError extends Error {
  override readonly name = "FormulaSizeError";
}

const command = /\\[a-zA-Z]+/g;
/** Commands that add little to what they hold; every other one may be a fraction or a root. */
const plain = /\\(?:phantom|text|mathrm|small|displaystyle)(?![a-zA-Z])/g;

/** What weighs how much beside commands. */
const weights: readonly (readonly [RegExp, number])[] = [
  [/&|\\\\/g, 10], // a cell: a column or a row of its own
  [/[_^]/g, 10],
  [/[a-zA-Z]/g, 2], // an element each, and slow in long lines
  [/[\d.]/g, 0.1], // together one element
  [/[^\s\w.{}&^\\]/g, 1],
];

/**
 * About how many elements `tex` becomes.
 *
 * @example
 * weightOf("\\alpha_1 & y") // 20 + 10 + 0.1 + 10 + 2
 */
export function weightOf(tex: string): number {
  const count = (text: string, sign: RegExp) => text.match(sign)?.length ?? 0;
  const rest = tex.replace(command, "");
  const ofCommands = 20 * count(tex, command) - 16 * count(tex, plain);
  return weights.reduce((sum, [sign, weight]) => sum + weight * count(rest, sign), ofCommands);
}

/** Commands that define others: with one that is long, called often, a short formula is a long one. */
const definition = /\\(?:[gex]?def|(?:re)?newcommand|providecommand|let|futurelet|global|long)(?![a-zA-Z])/;

/** Throws a FormulaSizeError unless `tex` can be typeset without keeping the page busy. */
export function checkSize(tex: string): void {
  const defined = definition.exec(tex);
  if (defined !== null) throw new FormulaSizeError(`A formula cannot define commands, as by ${defined[0]}`);
  const weight = Math.round(weightOf(tex));
  if (weight > mostWeight) {
    throw new FormulaSizeError(`This formula is too large to be typeset: it has some ${weight} parts`);
  }
}
