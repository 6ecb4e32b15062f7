/** What stands in the plane of a picture: colours, lines, arrows and points, as SVG. */

import { contour } from "./contour.ts";
import { shareOf } from "./interval.ts";
import { ACCENT, BACKGROUND, classColour, FAINT, heatColour, INK } from "./palette.ts";
import { type Plane, short } from "./plane.ts";
import type { Arrow, Grid, Point } from "./sampling.ts";
import type { Scene } from "./scene.ts";

/** How many colours a function of the plane is drawn in; an even number, so that one edge is the middle. */
export const BANDS = 12;

/** Everything in the plane, from the back to the front; what lies outside is cut off. */
export function marksOf(scene: Scene, plane: Plane): string {
  const { left, top, width, height } = plane;
  const marks = [
    ...(scene.heat ? bands(scene.heat, plane) : []),
    ...toDo(scene, plane),
    ...(scene.heat && scene.level !== null ? [levelLine(scene.heat, scene.level, plane)] : []),
    ...arrowMarks(scene.arrows, plane),
    ...curveMarks(scene.curve, plane),
    ...scene.points.filter(isFinitePoint).map((point) => dot(point, plane)),
  ];
  const box = `${left} ${top} ${width} ${height}`;
  const place = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  return `<svg ${place} viewBox="${box}">${marks.join("")}</svg>`;
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** Equal neighbours of a row become one rectangle, and all rectangles of a colour one path. */
function bands({ columns, rows, values, range }: Grid, { left, top, width, height }: Plane): string[] {
  const bandAt = (k: number): number => Math.min(BANDS - 1, Math.floor(shareOf(range, values[k]) * BANDS));
  // Rectangles end where their neighbours begin, to the digit, so that no gap shows between them.
  const edgeX = (column: number): string => short(left + (width * column) / columns);
  const edgeY = (row: number): string => short(top + height - (height * row) / rows);
  const paths = new Map<number, string>();
  for (let row = 0; row < rows; row++) {
    for (let from = 0, to = 0; from < columns; from = to) {
      const band = bandAt(row * columns + from);
      for (to = from + 1; to < columns && bandAt(row * columns + to) === band; ) to++;
      const corner = `M${edgeX(from)} ${edgeY(row)}H${edgeX(to)}V${edgeY(row + 1)}H${edgeX(from)}z`;
      paths.set(band, (paths.get(band) ?? "") + corner);
    }
  }
  return [...paths]
    .filter(([band]) => band >= 0) // NaN has no colour
    .map(([band, d]) => {
      const colour = heatColour((band + 0.5) / BANDS);
      return `<path shape-rendering="crispEdges" fill="${colour}" d="${d}"/>`;
    });
}

function levelLine(grid: Grid, level: number, { left, top, width, height }: Plane): string {
  const place = ([column, row]: readonly [number, number]): string =>
    `${short(left + (width * (column + 0.5)) / grid.columns)} ${short(top + height - (height * (row + 0.5)) / grid.rows)}`;
  const d = contour(grid, level).map(([from, to]) => `M${place(from)}L${place(to)}`);
  return `<path fill="none" stroke="${INK}" stroke-width="1.8" stroke-linecap="round" d="${d.join("")}"/>`;
}

/** Shades what is still to come. */
function toDo({ x, done }: Scene, { left, top, width, height, px }: Plane): string[] {
  if (done === null || done >= x[1]) return [];
  return [
    `<rect x="${short(px(done))}" y="${top}" width="${short(left + width - px(done))}" height="${height}" fill="${FAINT}"/>`,
  ];
}

function arrowMarks(arrows: readonly Arrow[], { width, px, py }: Plane): string[] {
  if (arrows.length === 0) return [];
  const columns = new Set(arrows.map(({ x }) => x)).size;
  const longest = (0.92 * width) / columns;
  const d = arrows.flatMap(({ x, y, dx, dy }) => {
    const [u, v] = [dx * longest, -dy * longest];
    const length = Math.sqrt(u * u + v * v);
    if (!(length > 3)) return []; // too short to show where it points
    const [tipX, tipY] = [px(x) + u / 2, py(y) + v / 2];
    const head = Math.min(5, length * 0.45) / length;
    const barb = (side: number): string =>
      `${short(tipX - head * (u + side * 0.6 * v))} ${short(tipY - head * (v - side * 0.6 * u))}`;
    return [
      `M${short(tipX - u)} ${short(tipY - v)}L${short(tipX)} ${short(tipY)}M${barb(1)}L${short(tipX)} ${short(tipY)}L${barb(-1)}`,
    ];
  });
  const style = `fill="none" stroke="${INK}" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"`;
  return [`<path ${style} d="${d.join("")}"/>`];
}

function curveMarks(curve: readonly Point[], { px, py }: Plane): string[] {
  if (curve.length === 0) return [];
  if (curve.length === 1)
    return [`<circle cx="${short(px(curve[0].x))}" cy="${short(py(curve[0].y))}" r="3" fill="${ACCENT}"/>`];
  let pen = "M";
  const d = curve.map(({ x, y }) => {
    const isDrawn = Number.isFinite(y);
    const piece = isDrawn ? `${pen}${short(px(x))} ${short(py(y))}` : "";
    pen = isDrawn ? "L" : "M";
    return piece;
  });
  return [
    `<path fill="none" stroke="${ACCENT}" stroke-width="2" stroke-linejoin="round" d="${d.join("")}"/>`,
  ];
}

function dot({ x, y, label }: Point, { px, py }: Plane): string {
  const place = `cx="${short(px(x))}" cy="${short(py(y))}"`;
  return `<circle ${place} r="3.5" fill="${classColour(label ?? 0)}" stroke="${BACKGROUND}"/>`;
}
