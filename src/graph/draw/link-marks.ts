/** A link as elements of SVG: the lane of values, and the lane of gradients as far as the backward pass has come. */

import { short } from "../../plot/plane.ts";
import { labelMarks, labelWidth } from "../../typeset/label.ts";
import { DETACH, type GraphJson } from "../graph-json.ts";
import { type Mark, mark } from "../mark.ts";
import { INK } from "./block-marks.ts";
import { place } from "./card-marks.ts";
import { numeral } from "./grid.ts";
import type { Route } from "./lanes.ts";
import { classes, type Looks } from "./looks.ts";
import type { Point } from "./plain-format.ts";
import type { EdgeAt, Link } from "./visible.ts";

/** How far the backward pass has come on a lane: nothing is drawn before its step is next. */
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
  if (link.derivative !== undefined) marks.push(derivativeNote(route.forward, numeral(link.derivative)));
  const target = edge === undefined || link.isResult ? {} : { "data-edge": `${edge.node}:${edge.input}` };
  return mark("g", { ...classes("gb-Link", ...states), ...target, "data-link": link.key }, ...marks);
}

/** Whether a detached tensor is why no gradient comes back on a link. */
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
  return mark("g", classes("gb-Note"), mark("title", {}, text), ...labelMarks(text, x, y - 8, SMALL, INK));
}

/** The derivative of an entry by an entry, where its link arrives: there links are apart. */
function derivativeNote(points: readonly Point[], text: string): Mark {
  const { x, y } = points[points.length - 1];
  const width = labelWidth(text, SMALL);
  const [left, middle] = [x - width - TIP - 6, y - 1];
  return mark(
    "g",
    classes("gb-Note"),
    mark("title", {}, text),
    mark("rect", { ...classes("gb-Formula-ground"), ...place(left - 2, middle - 6, width + 4, 12), rx: 2 }),
    ...labelMarks(text, left + width / 2, middle, SMALL, INK),
  );
}

/** The middle of a lane: of its middle piece. */
function middleOf(points: readonly Point[]): Point {
  const k = 3 * Math.floor((points.length - 1) / 6);
  const [a, b, c, d] = points.slice(k, k + 4);
  return { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
}
