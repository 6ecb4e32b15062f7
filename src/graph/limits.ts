/** How much the data of a graph may say: what is written keeps to it, and what is read is held to it. */

/** The most characters that the JSON of a graph may have. */
export const MOST_JSON = 256_000;

/** The characters of a graph's id, with its quotes. */
export const ID_LENGTH = 18;

/** The most tensors, and the most groups. */
export const MOST_NODES = 6_000;

/** The most numbers and operands in all: each takes two characters of JSON or more. */
export const MOST_NUMBERS: number = MOST_JSON / 2;

/** The most axes of a tensor. */
export const MOST_AXES = 64;

/** The most characters of a name, a label or a sentence, and of a formula. */
export const MOST_TEXT = 2_000;
export const MOST_TEX = 20_000;

/** The text, cut off where it is too long. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
