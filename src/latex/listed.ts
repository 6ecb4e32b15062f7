/** Operands one after the other, as they stand between the parentheses of a call. */

/** The most that are written out, and how many of more stand before the dots. */
const [MOST, FIRST] = [12, 3];

/** `a, b, c`; of many the first and the last, and between them how many more there are. */
export function listed(operands: readonly string[]): string {
  if (operands.length <= MOST) return operands.join(", ");
  const more = operands.length - FIRST - 1;
  return [
    ...operands.slice(0, FIRST),
    `\\cdots \\text{ ${more} more } \\cdots`,
    operands[operands.length - 1],
  ].join(", ");
}
