/** Links, drawn: the lane of values, and the lane of gradients as far as the backward pass has come. */

import { DETACH, type GraphJson, type GraphStep } from "../graph/graph-json.ts";
import { labelMarks, labelText, labelWidth } from "../svg/label.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { texLabel } from "../tex/plain.ts";
import { place } from "./card-marks.ts";
import type { Point } from "./dot.ts";
import type { Route } from "./lanes.ts";
import type { Box } from "./layout.ts";
import { clipped, LONGEST_FORMULA } from "./node.ts";
import { numeral } from "./numbers.ts";
import { classes, type Looks } from "./theme.ts";
import type { EdgeAt, Link } from "./visible.ts";

/** How far the backward pass has come on a lane: nothing is drawn until its step is next. */
export type Progress = "made" | "current" | "next" | null;

/** The size of a tip. */
const [TIP, WING] = [7, 3.6];
/** The size of what stands at lanes. */
const SMALL = 11;

/** Draws a link. */
export function linkMarks(looks: Looks, link: Link, route: Route, progress: Progress): Mark {
  const { selection } = looks.view;
  const isStopped = stopsGradients(looks.graph, link);
  const isSelected =
    selection?.kind === "edge" &&
    link.edges.some(({ node, input }) => node === selection.node && input === selection.input) &&
    !link.isResult;
  const states = [isSelected && "gb-mod-selected", ...looks.classes(link.key)];
  const [edge] = link.edges;
  const marks: Mark[] = [
    mark("path", {
      ...classes("gb-Lane", isStopped && "gb-mod-stopped", ...states),
      fill: "none",
      d: pathOf(shortened(route.forward, "end")),
    }),
    tip(route.forward, "end", states),
  ];
  if (route.backward !== null && progress !== null) {
    const mods = ["gb-mod-backward", `gb-mod-${progress}`, ...states];
    marks.push(
      mark("path", {
        ...classes("gb-Lane", ...mods),
        fill: "none",
        d: pathOf(shortened(route.backward, "start")),
      }),
      tip(route.backward, "start", mods),
    );
  }
  const hit = [route.forward, route.backward].flatMap((lane) => (lane === null ? [] : [pathOf(lane)]));
  marks.push(mark("path", { ...classes("gb-Link-hit"), fill: "none", d: hit.join("") }));
  if (link.edges.length > 1 && !link.isResult) marks.push(note(route.forward, `×${link.edges.length}`));
  if (link.derivative !== undefined) {
    marks.push(derivativeNote(route.backward ?? route.forward, numeral(link.derivative)));
  }
  const target = edge === undefined || link.isResult ? {} : { "data-edge": `${edge.node}:${edge.input}` };
  return mark("g", { ...classes("gb-Link", ...states), ...target, "data-link": link.key }, ...marks);
}

/** Whether no gradient comes back on a link because of a detached tensor. */
function stopsGradients({ nodes }: GraphJson, { edges, isResult }: Link): boolean {
  return !isResult && edges.every(({ node }) => nodes[node].op?.name === DETACH);
}

/** The lanes between an item and the bar beside it. */
export function stubMarks({ forward, backward }: Route, hasCome: boolean): Mark {
  const marks = [mark("path", { ...classes("gb-Lane"), fill: "none", d: pathOf(forward) })];
  if (backward !== null && hasCome) {
    const mods = ["gb-mod-backward", "gb-mod-made"];
    marks.push(
      mark("path", { ...classes("gb-Lane", ...mods), fill: "none", d: pathOf(shortened(backward, "start")) }),
      tip(backward, "start", mods),
    );
  }
  return mark("g", classes("gb-Stub"), ...marks);
}

/** For each edge, the number of the step that goes over it, from 0. */
export function stepNumbers(graph: GraphJson): ReadonlyMap<string, number> {
  return new Map(graph.steps.map(({ node, input }, k) => [`${node}:${input}`, k]));
}

/** How far the backward pass has come on a link after `step` steps. */
export function progressOf(
  edges: readonly EdgeAt[],
  numbers: ReadonlyMap<string, number>,
  step: number,
): Progress {
  const steps = edges.flatMap(({ node, input }) => numbers.get(`${node}:${input}`) ?? []);
  if (steps.includes(step - 1)) return "current";
  if (steps.some((number) => number < step)) return "made";
  return steps.includes(step) ? "next" : null;
}

/** The path of a lane. */
export function pathOf(points: readonly Point[]): string {
  const pair = ({ x, y }: Point): string => `${short(x)} ${short(y)}`;
  let d = `M${pair(points[0])}`;
  for (let k = 1; k + 2 < points.length; k += 3) {
    const [a, b, c] = points.slice(k, k + 3);
    d += isStraight(points[k - 1], a, b, c) ? `L${pair(c)}` : `C${pair(a)} ${pair(b)} ${pair(c)}`;
  }
  return d;
}

function isStraight(from: Point, a: Point, b: Point, to: Point): boolean {
  return (
    (a.y === from.y && b.y === from.y && to.y === from.y) ||
    (a.x === from.x && a.y === from.y && b.x === to.x)
  );
}

/** A lane that ends where its tip begins. */
function shortened(points: readonly Point[], end: "start" | "end"): readonly Point[] {
  const by = TIP - 1;
  return end === "end"
    ? points.with(-1, { x: points[points.length - 1].x - by, y: points[points.length - 1].y })
    : points.with(0, { x: points[0].x + by, y: points[0].y });
}

/** The tip of an arrow: lanes leave and arrive level, values to the right and gradients to the left. */
function tip(points: readonly Point[], end: "start" | "end", states: readonly (string | false)[]): Mark {
  const { x, y } = end === "end" ? points[points.length - 1] : points[0];
  const back = end === "end" ? x - TIP : x + TIP;
  const d = `M${short(x)} ${short(y)}L${short(back)} ${short(y - WING)}V${short(y + WING)}z`;
  return mark("path", { ...classes("gb-Tip", ...states), d });
}

/** A short text on a lane. */
function note(points: readonly Point[], text: string): Mark {
  const { x, y } = middleOf(points);
  return mark("g", classes("gb-Note"), mark("title", {}, text), ...labelMarks(text, x, y - 8, SMALL));
}

/** The derivative of an entry by an entry, on the way back, which it multiplies, where the links are apart. */
function derivativeNote(points: readonly Point[], text: string): Mark {
  const { x, y } = points[points.length - 1];
  const width = labelWidth(text, SMALL);
  const [left, middle] = [x - width - TIP - 6, y - 1];
  return mark(
    "g",
    classes("gb-Note"),
    mark("title", {}, text),
    mark("rect", { ...classes("gb-Formula-ground"), ...place(left - 2, middle - 6, width + 4, 12), rx: 2 }),
    ...labelMarks(text, left + width / 2, middle, SMALL),
  );
}

/** The middle of a lane: of its middle piece. */
function middleOf(points: readonly Point[]): Point {
  const k = 3 * Math.floor((points.length - 1) / 6);
  const [a, b, c, d] = points.slice(k, k + 4);
  return { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
}

// The formula of a gradient at its lane: dW = Xᵀ dZ, where there is room for it.

const SIZE = 13;
const HEIGHT = 20;
/** Where on its lane a formula may stand, how far above or below it, and how far to the left or right. */
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8] as const;
const BESIDE = [15, -15, 0, 27, -27, 42, -42, 60, -60] as const;
const ASIDE = [0, -28, 28] as const;
/** The nearest first, so that places that cannot be better are not tried. */
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

/** What else is in the picture: boxes, which a formula must not hide, and lanes, which it should not. */
export interface Obstacles {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lanes: readonly (readonly Point[])[];
}

/** Where a formula stands, beside its lane. `null` if it may be left out and there is no free place. */
export function placeFormula(
  formula: string,
  lane: readonly Point[],
  obstacles: Obstacles,
  mayBeLeftOut: boolean,
): Box | null {
  const width = labelWidth(formula, SIZE) + 10;
  const near = around(lane, width, 80);
  const boxes = obstacles.boxes.filter((other) => overlap(near, other) > 0);
  const points = obstacles.lanes
    .filter((other) => overlap(near, around(other, 1, 1)) > 0)
    .flatMap(pointsAlong)
    .filter((point) => isInside(point, near));
  let best: { readonly box: Box; readonly cost: number } | null = null;
  for (const { along, aside, beside, cost: least } of CANDIDATES) {
    if (best !== null && least >= best.cost) break;
    const { x, y } = pointAt(lane, along);
    const box = { x: x + aside - width / 2, y: y + beside - HEIGHT / 2, width, height: HEIGHT };
    const isOutside =
      box.x < 2 || box.y < 2 || box.x + width > obstacles.width - 2 || box.y + HEIGHT > obstacles.height - 2;
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
    ...labelMarks(formula, box.x + box.width / 2, box.y + HEIGHT / 2, SIZE),
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

/** Points along a lane, close enough that no part of it is missed. */
export function pointsAlong(lane: readonly Point[]): Point[] {
  const pieces = (lane.length - 1) / 3;
  return Array.from({ length: 12 * pieces + 1 }, (_, k) => pointAt(lane, k / (12 * pieces)));
}

/** The point of a lane at a share of its length in pieces. */
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
