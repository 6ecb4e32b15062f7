/** Pictures of functions and points, for notebooks. */

import { shownAs } from "../displayable.ts";
import { type PlotOptions, sceneOf } from "./scene.ts";
import { svgOf } from "./svg.ts";
import { textOf } from "./text.ts";

/** A picture in two forms that say the same. */
export interface Plot {
  /** The picture, as the text of an SVG file. */
  readonly svg: string;
  /** The picture in characters. */
  readonly text: string;
}

/** A picture of which a notebook takes the SVG, and console.log the text. */
export function picture(svg: string, text: string): Plot {
  return {
    svg,
    text,
    ...shownAs(
      () => text,
      () => ({ "image/svg+xml": svg, "text/plain": text }),
    ),
  };
}

/**
 * Draws functions and points in the plane: `heat` in colours, `level` as a line, `arrows` as a vector field, a `curve`,
 * and `points` coloured by their `labels`. The functions are called with numbers, and may answer tensors of one entry.
 *
 * @throws ValueError when there is nothing to draw, or the interval of a function's axis is left out; ShapeError when
 * the points are not rows [x, y].
 * @example
 * plot({ x: [-2, 2], y: [-2, 2], heat: (x, y) => x * y, level: 0 }).svg.startsWith("<svg") // true
 */
export function plot(options: PlotOptions): Plot {
  const scene = sceneOf(options);
  return picture(svgOf(scene), textOf(scene));
}
