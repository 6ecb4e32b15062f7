/** Jupyter counts Unicode code points, JavaScript UTF-16 units: the one place that converts between them. */

/** The index in UTF-16 units of the code point with this number; at most the length of the text. */
export function toUnits(text: string, codePoint: number): number {
  let index = 0;
  for (let count = 0; count < codePoint && index < text.length; count++) {
    index += (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
  }
  return index;
}

/** How many code points stand before this index in UTF-16 units. */
export function toCodePoints(text: string, index: number): number {
  return Array.from(text.slice(0, index)).length;
}
