/** Labels of a length that a picture has room for. */

import { labelText } from "../../typeset/label.ts";

/** The most signs of a name, and of a formula in a card. */
export const LONGEST_NAME = 40;
export const LONGEST_FORMULA = 90;

/** The label, or, of one that is too long, the beginning of its text. */
export function clipped(label: string, most: number = LONGEST_NAME): string {
  const text = labelText(label);
  if (text.length <= most) return label;
  // Scripts might be cut in two, so there are none.
  return `${Array.from(text.replace(/[_^{}]/g, " ").slice(0, 2 * most))
    .slice(0, most - 1)
    .join("")}…`;
}
