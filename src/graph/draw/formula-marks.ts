/** The formula of a gradient at its lane: dW = Xᵀ dZ, where there is room for it. */

import { texLabel } from "../../latex/plain.ts";
import { labelMarks, labelText, labelWidth } from "../../typeset/label.ts";
import type { GraphJson, GraphStep } from "../graph-json.ts";
import { type Mark, mark } from "../mark.ts";
import { INK } from "./block-marks.ts";
import { place } from "./card-marks.ts";
import { clipped, LONGEST_FORMULA } from "./clipped.ts";
import type { Box } from "./layout.ts";
import { classes } from "./looks.ts";
import type { Point } from "./plain-format.ts";

const SIZE = 13;
const HEIGHT = 20;
/** Where on its lane a formula may stand, how far above or below it, and how far to the left or right. */
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8] as const;
const BESIDE = [15, -15, 0, 27, -27, 42, -42, 60, -60] as const;
const ASIDE = [0, -28, 28] as const;
/** The nearest first, so that none is tried that cannot be better. */
const CANDIDATES = BESIDE.flatMap((beside) =>
  ASIDE.flatMap((aside) =>
    ALONG.map((along) => ({ along, aside, beside, cost: Math.abs(beside) + Math.abs(aside) })),
  ),
).sort((a, b) => a.cost - b.cost);

/** The formula of a step, in the notation of labels; `null` where it is not known. */
export function formulaOf(graph: GraphJson, { node, input }: GraphStep): string | null {
  const edge = graph.nodes[node].op?.inputs[input];
  if (edge === undefined || !("from" in edge) || !edge.rule) return null; // the rules of a large graph are empty
  return clipped(texLabel(`d${graph.nodes[edge.from].tex} = ${edge.rule}`), LONGEST_FORMULA);
}

/** What else is in the picture: boxes, which a formula must not hide, and lanes, which it had better not. */
export interface Surroundings {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lanes: readonly (readonly Point[])[];
}

/** Where a formula stands, beside its lane. `null` when it may be left out and there is no free place. */
export function placeFormula(
  formula: string,
  lane: readonly Point[],
  area: Surroundings,
  mayBeLeftOut: boolean,
): Box | null {
  const width = labelWidth(formula, SIZE) + 10;
  const near = around(lane, width, 80);
  const boxes = area.boxes.filter((other) => overlap(near, other) > 0);
  const points = area.lanes
    .filter((other) => overlap(near, around(other, 1, 1)) > 0)
    .flatMap(sampled)
    .filter((point) => isInside(point, near));
  let best: { readonly box: Box; readonly cost: number } | null = null;
  for (const { along, aside, beside, cost: least } of CANDIDATES) {
    if (best !== null && least >= best.cost) break;
    const { x, y } = pointAt(lane, along);
    const box = { x: x + aside - width / 2, y: y + beside - HEIGHT / 2, width, height: HEIGHT };
    const isOutside =
      box.x < 2 || box.y < 2 || box.x + width > area.width - 2 || box.y + HEIGHT > area.height - 2;
    let hidden = 0;
    for (const other of boxes) hidden += overlap(box, other);
    if (mayBeLeftOut && (hidden > 0 || isOutside)) continue;
    let crossed = 0;
    for (const point of points) if (isInside(point, box)) crossed += 1;
    const cost = (isOutside ? 1e6 : 0) + 10 * hidden + 6 * crossed + least;
    if (best === null || cost < best.cost) best = { box, cost };
  }
  return best?.box ?? null;
}

/** Draws a formula in its place. */
export function formulaMarks(formula: string, box: Box, isCurrent: boolean): Mark {
  return mark(
    "g",
    classes("gb-Formula", isCurrent && "gb-mod-current"),
    mark("title", {}, labelText(formula)),
    mark("rect", { ...classes("gb-Formula-ground"), ...place(box.x, box.y, box.width, box.height), rx: 3 }),
    ...labelMarks(formula, box.x + box.width / 2, box.y + HEIGHT / 2, SIZE, INK),
  );
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}

/** The rectangle around a lane, with room beside it and above. */
function around(lane: readonly Point[], beside: number, above: number): Box {
  const [xs, ys] = [lane.map(({ x }) => x), lane.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - beside, Math.min(...ys) - above];
  return { x, y, width: Math.max(...xs) + beside - x, height: Math.max(...ys) + above - y };
}

function isInside({ x, y }: Point, box: Box): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

/** Points along a lane, near enough to each other that none of it is overlooked. */
export function sampled(lane: readonly Point[]): Point[] {
  const pieces = (lane.length - 1) / 3;
  return Array.from({ length: 12 * pieces + 1 }, (_, k) => pointAt(lane, k / (12 * pieces)));
}

/** The point of a lane at a share of its pieces. */
function pointAt(points: readonly Point[], share: number): Point {
  const pieces = (points.length - 1) / 3;
  const piece = Math.min(pieces - 1, Math.floor(share * pieces));
  const t = share * pieces - piece;
  const s = 1 - t;
  const [ka, kb, kc, kd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  const k = 3 * piece;
  const [a, b, c, d] = [points[k], points[k + 1], points[k + 2], points[k + 3]];
  return {
    x: ka * a.x + kb * b.x + kc * c.x + kd * d.x,
    y: ka * a.y + kb * b.y + kc * c.y + kd * d.y,
  };
}
