/** Pictures of functions and points, for notebooks. */

import { noteRedrawn, shownAs } from "../print/display.ts";
import { TENSOR } from "../tensor/operands.ts";
import {
  checkedOptions,
  FUNCTION,
  NUMBER,
  type OptionKind,
  type OptionsOf,
  TEXT,
} from "../tensor/options.ts";
import { Tensor } from "../tensor/tensor.ts";
import { contentsOf, type PlotOptions } from "./contents.ts";
import { svgOf, textOf } from "./draw.ts";

/** A picture in two forms that say the same thing. */
export interface Plot {
  /** The picture, as the text of an SVG file. */
  readonly svg: string;
  /** The picture in characters. */
  readonly text: string;
}

/** A picture that a notebook shows as SVG, and console.log as text; `onShow` is called when a notebook shows it. */
export function picture(svg: string, text: string, onShow = (): void => {}): Plot {
  return {
    svg,
    text,
    ...shownAs(
      () => text,
      () => {
        onShow();
        return { "image/svg+xml": svg, "text/plain": text };
      },
    ),
  };
}

const INTERVAL: OptionKind = {
  noun: "an interval [low, high]",
  accepts: (value) =>
    Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number"),
};
const NUMBERS: OptionKind = {
  noun: "a tensor or a list of numbers",
  accepts: (value) =>
    value instanceof Tensor || (Array.isArray(value) && value.every((entry) => typeof entry === "number")),
};
const CURVE: OptionKind = {
  noun: "a function, a tensor or a list of numbers",
  accepts: (value) => typeof value === "function" || NUMBERS.accepts(value),
};
const RULES: OptionsOf = {
  of: "plot",
  example: "plot({ x: [-2, 2], curve: (x) => x * x })",
  known: {
    x: INTERVAL,
    y: INTERVAL,
    heat: FUNCTION,
    level: NUMBER,
    arrows: FUNCTION,
    curve: CURVE,
    points: TENSOR,
    labels: NUMBERS,
    title: TEXT,
    xLabel: TEXT,
    yLabel: TEXT,
  },
};

/** What stands for options that say no more than what to draw: values, or a function between -5 and 5. */
type Curve = NonNullable<PlotOptions["curve"]>;

/**
 * Draws functions and points in the plane: `heat` in colours, `level` as a line, `arrows` as a vector field, a `curve`,
 * and `points` coloured by their `labels`. The functions are called with numbers, and may return tensors of one entry.
 * Without options, a list of values or a function is the curve.
 *
 * @throws ValueError when there is nothing to draw, or the interval of a function's axis is left out; ShapeError when
 * the points are not rows [x, y].
 * @example
 * plot({ x: [-2, 2], y: [-2, 2], heat: (x, y) => x * y, level: 0 }).svg.startsWith("<svg") // true
 */
export function plot(options: PlotOptions | Curve): Plot {
  const isCurve = CURVE.accepts(options);
  const given = isCurve ? { curve: options, ...(typeof options === "function" && { x: [-5, 5] }) } : options;
  const checked = checkedOptions(given as PlotOptions, RULES); // what is no curve is options
  const contents = contentsOf(checked);
  const svg = svgOf(contents);
  const values = Object.values(checked);
  const from = values.some((value) => typeof value === "function")
    ? null
    : values.filter((value) => value instanceof Tensor);
  return picture(svg, textOf(contents), () => {
    if (from === null || from.length > 0)
      noteRedrawn(svg, { from, redraw: () => svgOf(contentsOf(checked)) });
  });
}
