/** What the engine is asked: the bodies as boxes of fixed size, the links as edges, open groups as clusters. */

import type { Body } from "./body.ts";
import { grouped } from "./grouped.ts";
import type { Item, Visible } from "./visible.ts";

/** The least room between boxes below each other, and between columns. */
const [BETWEEN_ROWS, BETWEEN_COLUMNS] = [22, 50];
/** The same where derivatives stand at the links. */
const WITH_DERIVATIVES = 120;
const INCH = 72;

/** The room between what is in a frame and the frame, and the least between frames. */
export const PADDING = 14;
const FREE = 20;

/** The source of the layout in the language of Graphviz; names are keys, so that nothing of a notebook gets into it. */
export function dotOf(visible: Visible, bodies: readonly Body[]): string {
  const owner = ownersOf(bodies);
  const inside = grouped(bodies, ({ frame }) => frame);
  const frames = grouped(
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
    // What was computed goes on in a straight line; parameters stand beside it.
    const weight = from.arrive.links.length > 0 ? " weight=4" : "";
    // A frame that is entered begins after the one that was left, with room for its own parameters: side by side.
    const room = to.frame !== null && from.frame !== to.frame ? " minlen=2" : "";
    return [`"${from.key}":e -> "${to.key}":${port} [${weight}${room} ]`];
  });
  const hasDerivatives = visible.links.some(({ derivative }) => derivative !== undefined);
  const least = hasDerivatives ? WITH_DERIVATIVES : BETWEEN_COLUMNS;
  // Frames in frames on both sides of a gap must not reach what is on its other side.
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
