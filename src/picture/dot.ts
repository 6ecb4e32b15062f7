/** What Graphviz is asked, and what it answers. */

import type { Body } from "./body.ts";
import { groupedBy, type Item, type Visible } from "./visible.ts";

// What the engine is asked: the bodies as boxes of fixed size, the links as edges, open groups as clusters.

/** The least room between boxes below each other, and between columns. */
const [BETWEEN_ROWS, BETWEEN_COLUMNS] = [22, 50];
/** The same where derivatives stand at the links. */
const WITH_DERIVATIVES = 120;
const INCH = 72;

/** The room between what is in a frame and the frame, and the least between frames. */
export const PADDING = 14;
const FREE = 20;

/** The source of the layout in the language of Graphviz; names are keys, so that no text of a notebook gets into it. */
export function dotOf(visible: Visible, bodies: readonly Body[]): string {
  const owner = ownersOf(bodies);
  const inside = groupedBy(bodies, ({ frame }) => frame);
  const frames = groupedBy(
    visible.items.filter((item) => item.kind === "frame"),
    ({ frame }) => frame,
  );
  const block = (frame: string | null): string[] => [
    ...(inside.get(frame) ?? []).map(nodeLine),
    ...(frames.get(frame) ?? []).flatMap(({ key }) => [
      `subgraph "cluster_${key}" { label="x" fontsize=14 margin=${PADDING}`,
      ...block(key),
      "}",
    ]),
  ];
  const edges = visible.links.flatMap((link) => {
    if (link.isResult) return [];
    const [from, to] = [owner.get(link.from), owner.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const { links, isOrdered } = to.arrive;
    const port = isOrdered && links.length > 1 ? `i${links.indexOf(link)}:w` : "w";
    // What was computed continues in a straight line; parameters stand beside it.
    const weight = from.arrive.links.length > 0 ? " weight=4" : "";
    // A frame begins after the one before it, with room for its own parameters, so that frames stand side by side.
    const room = to.frame !== null && from.frame !== to.frame ? " minlen=2" : "";
    return [`"${from.key}":e -> "${to.key}":${port} [${weight}${room} ]`];
  });
  const hasDerivatives = visible.links.some(({ derivative }) => derivative !== undefined);
  const least = hasDerivatives ? WITH_DERIVATIVES : BETWEEN_COLUMNS;
  // Nested frames on both sides of a gap must not reach what is on its other side.
  const columns = Math.max(least, FREE + 2 * PADDING * depthOf(visible.items));
  return [
    "digraph {",
    `rankdir=LR splines=polyline nodesep=${BETWEEN_ROWS / INCH} ranksep=${columns / INCH}`,
    'node [shape=box fixedsize=true label="" fontsize=1 margin=0]',
    ...block(null),
    ...edges,
    "}",
  ].join("\n");
}

/** Which body a link's end belongs to. */
export function ownersOf(bodies: readonly Body[]): ReadonlyMap<string, Body> {
  return new Map(bodies.flatMap((body) => body.boxes.map(({ key }) => [key, body] as const)));
}

/** How deep frames lie in frames. */
function depthOf(items: readonly Item[]): number {
  const depths = new Map<string | null, number>([[null, 0]]);
  // A frame comes after the one it lies in.
  for (const { kind, key, frame } of items) {
    if (kind === "frame") depths.set(key, (depths.get(frame) ?? 0) + 1);
  }
  return Math.max(...depths.values());
}

function nodeLine({ key, width, half, arrive }: Body): string {
  const size = `width=${inches(width)} height=${inches(2 * half)}`;
  if (!arrive.isOrdered || arrive.links.length < 2) return `"${key}" [${size}]`;
  const ports = arrive.links.map((_, k) => `<i${k}>`).join("|");
  return `"${key}" [${size} shape=record label="${ports}"]`;
}

function inches(pixels: number): string {
  return (pixels / INCH).toFixed(4);
}

// The engine's answer, read: where boxes are, and how edges run.

/** A point; y grows downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the engine found, in pixels. */
export interface Answer {
  /** The middle of each body. */
  readonly places: ReadonlyMap<string, Point>;
  readonly edges: readonly AnsweredEdge[];
}

/** An edge: a Bézier curve of degree 3, in pieces, each of which begins where the last one ends. */
export interface AnsweredEdge {
  readonly tail: string;
  readonly head: string;
  /** The place of the operand, if the head has several. */
  readonly port: number | null;
  readonly points: readonly Point[];
}

const EDGE = /^edge (?:"([^"]*)"|([^":\s]+))(?:\S*) (?:"([^"]*)"|([^":\s]+)):"?(?:i(\d+):)?\w+"? \d+ (.*)$/;

/** Reads the format that Graphviz calls `plain-ext`. */
export function readPlain(text: string): Answer {
  const places = new Map<string, Point>();
  const edges: AnsweredEdge[] = [];
  for (const line of text.split("\n")) {
    const node = /^node "?([^"\s]+)"? (\S+) (\S+)/.exec(line);
    if (node !== null) places.set(node[1], pointOf(node[2], node[3]));
    const edge = EDGE.exec(line);
    if (edge === null) continue;
    const numbers = edge[6].split(" ");
    const points: Point[] = [];
    for (let k = 0; k + 1 < numbers.length && /^-?[\d.]/.test(numbers[k]); k += 2) {
      points.push(pointOf(numbers[k], numbers[k + 1]));
    }
    edges.push({
      tail: edge[1] ?? edge[2],
      head: edge[3] ?? edge[4],
      port: edge[5] === undefined ? null : Number(edge[5]),
      points,
    });
  }
  return { places, edges };
}

function pointOf(x: string, y: string): Point {
  return { x: Number(x) * INCH, y: -Number(y) * INCH };
}

/** The height of a curve at `x`; `null` where it does not pass. */
export function heightAt(points: readonly Point[], x: number): number | null {
  for (let k = 0; k + 3 < points.length; k += 3) {
    const [a, b, c, d] = points.slice(k, k + 4);
    if (x < a.x || x > d.x) continue;
    let [low, high] = [0, 1];
    for (let pass = 0; pass < 20; pass++) {
      const t = (low + high) / 2;
      if (bezier(a.x, b.x, c.x, d.x, t) < x) low = t;
      else high = t;
    }
    return bezier(a.y, b.y, c.y, d.y, low);
  }
  return null;
}

function bezier(a: number, b: number, c: number, d: number, t: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}
