/** The figures of the lecture, drawn anew: the pictures of its slides are lost. */

import { type Plot, picture } from "../plot/plot.ts";
import { ValueError } from "../tensor/errors.ts";
import { checkText } from "../tensor/options.ts";
import { drawSvg, drawText } from "./draw.ts";
import type { Drawing } from "./drawing.ts";
import {
  backwardChain,
  effects,
  entries,
  network,
  networkWithGradients,
  totalDerivatives,
  twoOperands,
} from "./pictures.ts";

/** The name of a figure. */
export type FigureName =
  | "network"
  | "network with gradients"
  | "backward chain"
  | "effects"
  | "total derivatives"
  | "entries"
  | "two operands";

const FIGURES: Readonly<Record<FigureName, () => Drawing>> = {
  network,
  "network with gradients": networkWithGradients,
  "backward chain": backwardChain,
  effects,
  "total derivatives": totalDerivatives,
  entries,
  "two operands": twoOperands,
};

/**
 * A figure of the lecture, reconstructed from its formulas: the `network` and its tensors, the `network with gradients`,
 * the `backward chain`, the `effects` of x on J and their `total derivatives`, an elementwise function in its `entries`,
 * and one of `two operands`.
 *
 * @throws ValueError when there is no figure of that name.
 * @example
 * figure("effects").text.split("\n")[0] // "Effects"
 */
export function figure(name: FigureName): Plot {
  checkText("draw", name, 'figure("effects")');
  if (!Object.hasOwn(FIGURES, name)) {
    throw new ValueError(`Cannot draw ${name}: the figures are ${Object.keys(FIGURES).join(", ")}`);
  }
  const drawing = FIGURES[name]();
  return picture(drawSvg(drawing), drawText(drawing));
}
