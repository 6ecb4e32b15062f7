/** How time grows with size: a picture with logarithmic axes, a line for each rival. */
import { BACKGROUND, classColour, FAINT, INK, type Mark, MUTED, mark, xmlOf } from "../src/svg/mark.ts";
import type { Result } from "./measure.ts";
import { inUnit } from "./report.ts";

const [WIDTH, HEIGHT] = [640, 400];
const [LEFT, TOP, RIGHT, BOTTOM] = [70, 44, 460, 350];
const FONT = "system-ui, sans-serif";

/** The picture of a case; null for one with fewer than two sizes. */
export function curvesOf(result: Result): string | null {
  const { case: one, times } = result;
  if (one.sizes === undefined || one.sizes.values.length < 2) return null;
  const lines = [...times].map(([name, row]) => ({
    name,
    points: [...row].map(([size, { seconds }]) => [size, inUnit(one, size, seconds)] as const),
  }));
  const [x, y] = [0, 1].map((axis) => decades(lines.flatMap(({ points }) => points.map((p) => p[axis]))));
  const px = (value: number): number => LEFT + (RIGHT - LEFT) * x.share(value);
  const py = (value: number): number => BOTTOM - (BOTTOM - TOP) * y.share(value);
  const grid = [
    ...x.ticks.flatMap((value) => [
      rule(px(value), TOP, px(value), BOTTOM),
      label(px(value), BOTTOM + 18, power(value), { anchor: "middle" }),
    ]),
    ...y.ticks.flatMap((value) => [
      rule(LEFT, py(value), RIGHT, py(value)),
      label(LEFT - 8, py(value) + 4, power(value), { anchor: "end" }),
    ]),
  ];
  const ends = apart(lines.map(({ points }) => py(points[points.length - 1][1])));
  const drawn = lines.flatMap(({ name, points }, i) => {
    const colour = classColour(i);
    const d = points.map(([a, b], k) => `${k === 0 ? "M" : "L"}${px(a).toFixed(1)} ${py(b).toFixed(1)}`);
    const last = points[points.length - 1];
    return [
      mark("path", {
        d: d.join(""),
        fill: "none",
        stroke: colour,
        "stroke-width": name.startsWith("Gradbook") ? 3 : 1.6,
      }),
      ...points.map(([a, b]) =>
        mark("circle", { cx: px(a).toFixed(1), cy: py(b).toFixed(1), r: 2.8, fill: colour }),
      ),
      mark("path", {
        d: `M${(px(last[0]) + 4).toFixed(1)} ${py(last[1]).toFixed(1)}L${RIGHT + 14} ${ends[i].toFixed(1)}`,
        fill: "none",
        stroke: FAINT,
      }),
      label(RIGHT + 18, ends[i] + 4, name, { colour, bold: name === "Gradbook" }),
    ];
  });
  const picture = mark(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
    mark("title", {}, one.title),
    mark("rect", { width: WIDTH, height: HEIGHT, fill: BACKGROUND }),
    label(LEFT, 22, one.title, { bold: true, size: 14 }),
    label(LEFT - 8, TOP - 8, one.unit, { anchor: "end", colour: MUTED }),
    label(RIGHT, BOTTOM + 38, one.sizes.of, { anchor: "end", colour: MUTED }),
    ...grid,
    ...drawn,
  );
  return `${xmlOf(picture)}\n`;
}

/** A logarithmic axis that holds all the values: where each lies in it, and the powers of ten. */
function decades(values: readonly number[]): { share: (value: number) => number; ticks: number[] } {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const margin = Math.max(0.05 * (high - low), 0.1);
  const [from, to] = [low - margin, high + margin];
  const powers = Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  // A span without two powers of ten has 1, 2 and 5 times each.
  const ticks = powers.length >= 2 ? powers.map((p) => 10 ** p) : nearby(from, to);
  return { share: (value) => (Math.log10(value) - from) / (to - from), ticks };
}

function nearby(from: number, to: number): number[] {
  const all = [Math.floor(from), Math.floor(to)].flatMap((p) => [1, 2, 5].map((m) => m * 10 ** p));
  return [...new Set(all)].filter((value) => Math.log10(value) >= from && Math.log10(value) <= to);
}

function power(value: number): string {
  const exponent = Math.log10(value);
  const isPower = Math.abs(exponent - Math.round(exponent)) < 1e-9;
  if (!isPower || Math.abs(exponent) < 3.5) return String(Number(value.toPrecision(3)));
  return `10${Array.from(String(Math.round(exponent)), (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "⁻").join("")}`;
}

/** The heights of labels, moved until each is a line away from the next. */
function apart(heights: readonly number[]): number[] {
  const order = heights.map((height, i) => ({ height, i })).sort((a, b) => a.height - b.height);
  const placed = [...heights];
  let next = Number.NEGATIVE_INFINITY;
  for (const { height, i } of order) {
    placed[i] = Math.max(height, next);
    next = placed[i] + 16;
  }
  const over = Math.max(0, next - 16 - (HEIGHT - 16));
  return placed.map((height) => height - over);
}

function rule(x1: number, y1: number, x2: number, y2: number): Mark {
  return mark("line", {
    x1: x1.toFixed(1),
    y1: y1.toFixed(1),
    x2: x2.toFixed(1),
    y2: y2.toFixed(1),
    stroke: FAINT,
  });
}

interface LabelStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
  readonly bold?: boolean;
  readonly size?: number;
}

function label(
  x: number,
  y: number,
  text: string,
  { anchor = "start", colour = INK, bold = false, size = 12 }: LabelStyle = {},
): Mark {
  return mark(
    "text",
    {
      x: x.toFixed(1),
      y: y.toFixed(1),
      fill: colour,
      "font-family": FONT,
      "font-size": size,
      "text-anchor": anchor,
      ...(bold && { "font-weight": 600 }),
    },
    text,
  );
}
