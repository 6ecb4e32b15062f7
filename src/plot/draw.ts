/** A plot, drawn as SVG and as text. */

import {
  ACCENT,
  BACKGROUND,
  classColour,
  escaped,
  FAINT,
  frameText,
  heatColour,
  INK,
  MUTED,
} from "../svg/mark.ts";
import { type Plane, planeOf, shareOf, short, tickLabel, ticks } from "../svg/plane.ts";
import type { Contents } from "./contents.ts";
import { type Arrow, contour, type Grid, type Point } from "./sampling.ts";

// What stands in the plane of a picture: colours, lines, arrows and points, as SVG.

/** How many colours a function of the plane is drawn in; an even number, so that one edge is the middle. */
export const BANDS = 12;

/** Everything in the plane, from the back to the front; what lies outside is cut off. */
export function planeSvg(contents: Contents, plane: Plane): string {
  const { left, top, width, height } = plane;
  const marks = [
    ...(contents.heat ? bands(contents.heat, plane) : []),
    ...toDo(contents, plane),
    ...(contents.heat && contents.level !== null ? [levelLine(contents.heat, contents.level, plane)] : []),
    ...arrowMarks(contents.arrows, plane),
    ...curveMarks(contents.curve, plane),
    ...contents.points.filter(isFinitePoint).map((point) => dot(point, plane)),
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
function toDo({ x, done }: Contents, { left, top, width, height, px }: Plane): string[] {
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

// A plot as SVG: one string, with a background of its own, that needs no style sheet and no script.

const WIDTH = 480;
const MARGIN = { left: 52, right: 16, top: 34, bottom: 26 };
/** The width of a digit, and how much room a label of the y axis leaves to its left. */
const [DIGIT, BESIDE] = [6.8, 24];
const X_LABEL_HEIGHT = 16;

/** Draws a plot. */
export function svgOf(contents: Contents): string {
  const left = leftOf(contents);
  const width = WIDTH - left - MARGIN.right;
  const height = Math.round(width * contents.aspect);
  const plane = planeOf({ left, top: MARGIN.top, width, height }, contents.x, contents.y);
  const total = MARGIN.top + height + MARGIN.bottom + (contents.xLabel === "" ? 0 : X_LABEL_HEIGHT);
  const parts = [
    `<title>${escaped(contents.title || "Plot")}</title>`,
    `<rect width="${WIDTH}" height="${total}" rx="6" fill="${BACKGROUND}"/>`,
    gridLines(contents, plane),
    planeSvg(contents, plane),
    ...axes(contents, plane),
    ...legend(contents),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${frameText(WIDTH, total)} ` +
    `font-family="system-ui, sans-serif" font-size="12" fill="${INK}">${parts.join("")}</svg>`
  );
}

/** Where the plane begins: behind the longest label of the y axis, which is never cut off. */
function leftOf({ y }: Contents): number {
  const longest = Math.max(0, ...ticks(y, 5).map((tick) => tickLabel(tick).length));
  return Math.max(MARGIN.left, Math.ceil(BESIDE + DIGIT * longest));
}

function gridLines(contents: Contents, { left, top, width, height, px, py }: Plane): string {
  const vertical = ticks(contents.x, 8).map((x) => `M${short(px(x))} ${top}v${height}`);
  const horizontal = ticks(contents.y, 5).map((y) => `M${left} ${short(py(y))}h${width}`);
  return `<path stroke="${FAINT}" d="${[...vertical, ...horizontal].join("")}"/>`;
}

function axes(contents: Contents, { left, top, width, height, px, py }: Plane): string[] {
  const bottom = top + height;
  const text = (x: number, y: number, anchor: string, label: string, more = ""): string =>
    `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}"${more}>${escaped(label)}</text>`;
  const middle = top + height / 2;
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="${MUTED}"/>`,
    `<g fill="${MUTED}">`,
    ...ticks(contents.x, 8).map((x) => text(px(x), bottom + 16, "middle", tickLabel(x))),
    ...ticks(contents.y, 5).map((y) => text(left - 6, py(y) + 4, "end", tickLabel(y))),
    "</g>",
    contents.xLabel && text(left + width / 2, bottom + 34, "middle", contents.xLabel),
    contents.yLabel &&
      text(15, middle, "middle", contents.yLabel, ` transform="rotate(-90 15 ${short(middle)})"`),
    contents.title && text(left, 22, "start", contents.title, ' font-weight="600"'),
  ];
}

/** The classes of the points, or the colours of the heat, at the upper right. */
function legend({ points, heat }: Contents): string[] {
  const right = WIDTH - MARGIN.right;
  const labels = [...new Set(points.flatMap(({ label }) => label ?? []))].sort((a, b) => a - b);
  if (labels.length > 1) {
    return labels.flatMap((label, i) => {
      const x = right - 26 * (labels.length - i) + 8;
      return [
        `<circle cx="${x}" cy="18" r="5" fill="${classColour(label)}"/>`,
        `<text x="${x + 8}" y="22">${tickLabel(label)}</text>`,
      ];
    });
  }
  if (heat === null) return [];
  const [low, high] = heat.range.map((value) => tickLabel(Number(value.toPrecision(3))));
  const start = right - 7 * high.length - 6 - 6 * BANDS;
  return [
    `<text x="${start - 6}" y="22" text-anchor="end" fill="${MUTED}">${low}</text>`,
    ...Array.from({ length: BANDS }, (_, band) => {
      const colour = heatColour((band + 0.5) / BANDS);
      return `<rect x="${start + 6 * band}" y="12" width="6" height="11" fill="${colour}"/>`;
    }),
    `<text x="${right}" y="22" text-anchor="end" fill="${MUTED}">${high}</text>`,
  ];
}

// A plot as text: the same picture in characters, for a terminal and for readers of a raw notebook.

const COLUMNS = 60;
const SHADES = " ░▒▓█";

/** Draws a plot in characters: shades for heat, arrows for arrows, • for a curve, and the points by their classes. */
export function textOf(contents: Contents): string {
  // A character is about twice as high as it is wide.
  const rowCount = Math.round((COLUMNS * contents.aspect) / 2);
  const raster = Array.from({ length: rowCount }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) =>
      shade(contents, (column + 0.5) / COLUMNS, 1 - (row + 0.5) / rowCount),
    ),
  );
  const put = (x: number, y: number, character: string): void => {
    const [column, row] = [shareOf(contents.x, x), 1 - shareOf(contents.y, y)];
    if (!(column >= 0 && column <= 1 && row >= 0 && row <= 1)) return;
    const at = (share: number, count: number): number => Math.min(count - 1, Math.floor(share * count));
    raster[at(row, rowCount)][at(column, COLUMNS)] = character;
  };
  for (const arrow of contents.arrows) put(arrow.x, arrow.y, arrowCharacter(arrow));
  for (const { x, y } of contents.curve) put(x, y, "•");
  for (const { x, y, label } of contents.points) put(x, y, label === null ? "o" : classCharacter(label));
  return [headOf(contents), ...framed(raster, contents)].filter((line) => line !== "").join("\n");
}

function shade({ heat }: Contents, column: number, row: number): string {
  if (heat === null) return " ";
  const value = heat.values[Math.floor(row * heat.rows) * heat.columns + Math.floor(column * heat.columns)];
  if (Number.isNaN(value)) return "?";
  return SHADES[Math.min(SHADES.length - 1, Math.floor(shareOf(heat.range, value) * SHADES.length))];
}

/** The direction of an arrow, to an eighth of a circle; a point where it is too short to have one. */
function arrowCharacter({ dx, dy }: Arrow): string {
  const [across, up] = [Math.abs(dx), Math.abs(dy)];
  if (!(Math.max(across, up) > 0.02)) return "·";
  const TAN_22 = 0.41421356;
  const h = across < TAN_22 * up ? 0 : Math.sign(dx);
  const v = up < TAN_22 * across ? 0 : Math.sign(dy);
  return ["↙↓↘", "←·→", "↖↑↗"][v + 1][h + 1];
}

function classCharacter(label: number): string {
  return label >= 0 && label < 10 ? String(Math.trunc(label)) : "*";
}

function headOf({ title, heat, xLabel, yLabel }: Contents): string {
  const axes = [yLabel && `up: ${yLabel}`, xLabel && `right: ${xLabel}`].filter(Boolean).join(", ");
  const scale =
    heat &&
    `${tickLabel(Number(heat.range[0].toPrecision(3)))} ${SHADES} ${tickLabel(Number(heat.range[1].toPrecision(3)))}`;
  return [title, axes, scale].filter(Boolean).join("   ");
}

/** Puts axes with numbers to the left of the raster and below it. */
function framed(raster: readonly (readonly string[])[], contents: Contents): string[] {
  const labels = raster.map(() => "");
  for (const y of ticks(contents.y, Math.max(2, raster.length / 4))) {
    const row = Math.min(raster.length - 1, Math.floor((1 - shareOf(contents.y, y)) * raster.length));
    labels[row] = tickLabel(y);
  }
  const width = Math.max(...labels.map((label) => label.length));
  const rows = raster.map((row, i) =>
    `${labels[i].padStart(width)} ${labels[i] === "" ? "│" : "┤"}${row.join("")}`.trimEnd(),
  );
  const below = Array.from({ length: COLUMNS + 8 }, () => " ");
  for (const x of ticks(contents.x, 6)) {
    const label = tickLabel(x);
    const middle = Math.floor(shareOf(contents.x, x) * COLUMNS);
    const start = Math.max(0, Math.min(middle, COLUMNS - 1) - Math.floor(label.length / 2));
    [...label].forEach((character, i) => {
      below[start + i] = character;
    });
  }
  const indent = " ".repeat(width + 1);
  return [...rows, `${indent}└${"─".repeat(COLUMNS)}`, `${indent} ${below.join("").trimEnd()}`];
}
