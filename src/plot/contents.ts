/** What a plot shows, computed once from what it was asked for, then drawn twice: as SVG and as text. */

import { type Interval, intervalOf, widened } from "../svg/plane.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { type Arrow, arrowsOf, CURVE_POINTS, type Grid, gridOf, type Point, sampled } from "./sampling.ts";

/** What `plot` draws, from the back to the front. */
export interface PlotOptions {
  /** The interval of the x axis; found from the curve and the points when left out. */
  readonly x?: Interval;
  readonly y?: Interval;
  /** A function of the plane, in colours. */
  readonly heat?: (x: number, y: number) => Operand;
  /** Draws the line on which `heat` has this value. */
  readonly level?: number;
  /** A vector field: an arrow for each point of a grid, the longest as long as the grid is wide. */
  readonly arrows?: (x: number, y: number) => Tensor | readonly [Operand, Operand];
  /** A function of x, or a list of values, which stand at x = 1, 2, 3, … */
  readonly curve?: ((x: number) => Operand) | readonly number[] | Tensor;
  /** Points, a row [x, y] each. */
  readonly points?: Tensor;
  /** The class of each point, a whole number, which gives it its colour. */
  readonly labels?: Tensor | readonly number[];
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** What a plot shows. */
export interface Contents {
  readonly x: Interval;
  readonly y: Interval;
  /** The height of the plane as a multiple of its width. */
  readonly aspect: number;
  readonly heat: Grid | null;
  readonly level: number | null;
  readonly arrows: readonly Arrow[];
  readonly curve: readonly Point[];
  readonly points: readonly Point[];
  /** How far along the x axis training has come; what lies beyond is shaded. */
  readonly done: number | null;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
}

/** The height of a plot of a curve alone, whose two axes measure different things. */
const CURVE_ASPECT = 0.5;
/** How much of an axis is left free beyond what stands at its ends. */
const MARGIN = 0.06;

/** Computes what a plot shows. */
export function contentsOf(options: PlotOptions): Contents {
  const { heat, arrows, curve, level = null, title = "", xLabel = "", yLabel = "" } = options;
  if ((heat ?? arrows ?? curve ?? options.points) === undefined) {
    throw new ValueError("Cannot plot nothing: give heat, arrows, a curve or points");
  }
  const points = pointsOf(options.points, options.labels);
  const values = typeof curve === "function" || curve === undefined ? [] : valuesOf(curve);
  const needsX = heat !== undefined || arrows !== undefined || typeof curve === "function";
  const x = checked("x", options.x) ?? xInterval(values, points, needsX);
  const line = typeof curve === "function" ? sampled(curve, x) : thinned(values);
  const y = checked("y", options.y) ?? yInterval(line, points, heat !== undefined || arrows !== undefined);
  const isPlane = heat !== undefined || arrows !== undefined || points.length > 0;
  const aspect = isPlane ? Math.min(1.25, Math.max(0.25, (y[1] - y[0]) / (x[1] - x[0]))) : CURVE_ASPECT;
  return {
    x,
    y,
    aspect,
    heat: heat === undefined ? null : gridOf(heat, x, y, aspect),
    level,
    arrows: arrows === undefined ? [] : arrowsOf(arrows, x, y, aspect),
    curve: line,
    points,
    done: null,
    title,
    xLabel,
    yLabel,
  };
}

function checked(axis: string, interval: Interval | undefined): Interval | undefined {
  if (interval === undefined || interval[0] < interval[1]) return interval;
  throw new ValueError(`Cannot plot ${axis} from ${interval[0]} to ${interval[1]}: give the lower end first`);
}

function xInterval(values: readonly Point[], points: readonly Point[], isNeeded: boolean): Interval {
  const known = [...values, ...points];
  if (known.length === 0 && isNeeded) throw intervalMissing("x");
  const span = intervalOf(known.map(({ x }) => x));
  return points.length === 0 ? span : widened(span, MARGIN);
}

function yInterval(line: readonly Point[], points: readonly Point[], isNeeded: boolean): Interval {
  const known = [...line, ...points];
  if (known.length === 0) {
    if (isNeeded) throw intervalMissing("y");
    return [0, 1];
  }
  const span = intervalOf(known.map(({ y }) => y));
  const [low, high] = widened(span, MARGIN);
  // A loss falls towards 0, so 0 belongs in its picture.
  return points.length === 0 && span[0] >= 0 && span[0] < span[1] / 2 ? [0, high] : [low, high];
}

function intervalMissing(axis: string): ValueError {
  return new ValueError(
    `Cannot plot a function without its ${axis}: give an interval, as in ${axis}: [-2, 2]`,
  );
}

function pointsOf(points: Tensor | undefined, labels: Tensor | readonly number[] | undefined): Point[] {
  if (points === undefined) return [];
  const { shape, data } = points;
  const classes = labels instanceof Tensor ? labels.data : labels;
  if (shape.length !== 2 || shape[1] !== 2) {
    throw new ShapeError(`Cannot plot points of shape ${formatShape(shape)}: give a row [x, y] for each`, [
      shape,
    ]);
  }
  if (classes !== undefined && classes.length !== shape[0]) {
    throw new ShapeError(`Cannot plot ${shape[0]} points with ${classes.length} labels: give one for each`, [
      shape,
      [classes.length],
    ]);
  }
  return Array.from({ length: shape[0] }, (_, i) => ({
    x: data[2 * i],
    y: data[2 * i + 1],
    label: classes === undefined ? null : classes[i],
  }));
}

function valuesOf(curve: readonly number[] | Tensor): Point[] {
  return Array.from(curve instanceof Tensor ? curve.data : curve, (y, i) => ({ x: i + 1, y, label: null }));
}

/** As many points as can be seen, the last one among them. */
function thinned(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / CURVE_POINTS);
  return points.filter((_, i) => (points.length - 1 - i) % every === 0);
}
