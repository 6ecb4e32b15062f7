/** The LaTeX of a displayed tensor written again: with other digits, or with every entry. */

import { fromJsonNumber, type JsonNumber } from "../json-numbers.ts";
import { sizeOf } from "../shape.ts";
import { type MatrixStyle, matrixTex, type Numbers, shownPositions } from "./matrix.ts";

/** What a saved notebook keeps of a tensor, as far as it matters here. */
export interface Displayed {
  /** The LaTeX, in which the numbers stand as they are written by default. */
  readonly tex: string;
  readonly shape: readonly number[];
  /** All numbers, or those that are shown, in order. */
  readonly data: readonly JsonNumber[];
}

/**
 * The LaTeX with the numbers written in another style; `null` where that cannot be, as the LaTeX does not hold the
 * numbers, or as they are not enough for the style.
 *
 * @example
 * rewritten({ tex: "J = 0.3333", shape: [], data: [1 / 3] }, { decimals: 2 }) // "J = 0.33"
 */
export function rewritten(displayed: Displayed, style: MatrixStyle): string | null {
  const numbers = numbersOf(displayed);
  const before = numbers && matrixTex(numbers);
  if (numbers === null || before === null) return null;
  if (style.most !== undefined && !hasAll(displayed)) return null;
  const at = displayed.tex.lastIndexOf(before);
  if (at < 0) return null;
  return displayed.tex.slice(0, at) + matrixTex(numbers, style) + displayed.tex.slice(at + before.length);
}

/** Whether all numbers of the tensor are there, also where its LaTeX shows a part of them. */
export function hasAll({ shape, data }: Pick<Displayed, "shape" | "data">): boolean {
  return data.length === sizeOf([...shape]);
}

/** The numbers by their positions; `null` for a list that is neither all nor what is shown. */
function numbersOf({ shape, data }: Displayed): Numbers | null {
  const values = data.map(fromJsonNumber);
  if (hasAll({ shape, data })) return { shape, data: values };
  const positions = shownPositions(shape);
  if (positions.length !== data.length) return null;
  return { shape, data: Object.fromEntries(positions.map((position, k) => [position, values[k]])) };
}
