/** The layout: where items and links are, whatever the step of the backward pass and whatever is selected. */

import { type Body, bodiesOf, FRAME_HEAD, type PartOfBody } from "./body.ts";
import { dotOf, ownersOf, PADDING, readPlain } from "./dot.ts";
import { type Column, type Placed, type Route, routesOf } from "./lanes.ts";
import type { Engine } from "./svg.ts";
import { type FrameItem, groupedBy, type Visible } from "./visible.ts";

/** The places of everything that is visible. */
export interface Layout {
  readonly visible: Visible;
  readonly width: number;
  readonly height: number;
  /** By the keys of the items. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By the keys of the links. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Bars at which values part and gradients are added. */
  readonly bars: readonly Bar[];
}

/** A rectangle, by its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar beside the item of key `key`; `side` says where. */
export interface Bar extends Box {
  readonly key: string;
  readonly side: "left" | "right";
  /** The lanes between the item and its bar. */
  readonly stub: Route;
}

/** The room around everything. */
const MARGIN = 18;

/** Lays out what is visible. */
export function layoutOf(visible: Visible, engine: Engine): Layout {
  return readLayout(visible, engine.layout(layoutSource(visible)));
}

/** What the engine is asked, wherever it runs. */
export function layoutSource(visible: Visible): string {
  return dotOf(visible, bodiesOf(visible));
}

/** The layout from the engine's answer to `layoutSource(visible)`. */
export function readLayout(visible: Visible, answer: string): Layout {
  const bodies = bodiesOf(visible);
  const { places, edges } = readPlain(answer);
  const columns = columnsOf(bodies, (key) => places.get(key)?.x ?? 0);
  const heights = inOrder(bodies, (key) => places.get(key)?.y ?? 0);
  const placed = new Map<string, Placed>();
  columns.forEach((column, index) => {
    for (const body of column.bodies) {
      const y = Math.round(heights.get(body.key) ?? 0);
      // Cards of a column are aligned at their right ends, so that links leave it from one line.
      placed.set(body.key, { body, column: index, x: column.right - body.width, y });
    }
  });
  const boxes = new Map<string, Box>();
  for (const { body, x, y } of placed.values()) {
    for (const part of body.boxes) boxes.set(part.key, boxAt(part, x, y));
  }
  addFrames(visible, placed, boxes);
  const { routes, bars } = routesOf(visible, ownersOf(bodies), placed, columns, edges, boxes);
  return shifted(visible, boxes, routes, bars);
}

function boxAt({ x, y, width, height }: PartOfBody, left: number, middle: number): Box {
  return { x: left + x, y: middle + y, width, height };
}

/** The columns, from left to right: bodies whose middles the engine put at the same place. */
function columnsOf(bodies: readonly Body[], middleOf: (key: string) => number): readonly Column[] {
  const byMiddle = groupedBy(bodies, ({ key }) => Math.round(middleOf(key)));
  return [...byMiddle]
    .sort(([a], [b]) => a - b)
    .map(([middle, members]) => {
      const half = Math.max(...members.map(({ width }) => width)) / 2;
      return { bodies: members, middle, left: middle - half, right: middle + half };
    });
}

/** The heights of the bodies; entries of a node keep their order in the places that the engine found for them. */
function inOrder(bodies: readonly Body[], heightOf: (key: string) => number): ReadonlyMap<string, number> {
  const heights = new Map(bodies.map(({ key }) => [key, heightOf(key)]));
  for (const [node, entries] of groupedBy(bodies, ({ node }) => node)) {
    if (node === null) continue;
    const tops = entries.map(({ key, half }) => heightOf(key) - half).sort((a, b) => a - b);
    for (const [k, { key, half }] of entries.entries()) heights.set(key, tops[k] + half);
  }
  return heights;
}

/** Frames are around what is in them: the inner ones first. */
function addFrames({ items }: Visible, placed: ReadonlyMap<string, Placed>, boxes: Map<string, Box>): void {
  const frames = items.filter((item): item is FrameItem => item.kind === "frame");
  const inside = groupedBy([...placed.values()], ({ body }) => body.frame);
  const framesIn = groupedBy(frames, ({ frame }) => frame);
  const measure = (key: string): Box | null => {
    const own = (inside.get(key) ?? []).map(({ body, x, y }): Box => {
      return { x, y: y - body.half, width: body.width, height: 2 * body.half };
    });
    const all = [...own, ...(framesIn.get(key) ?? []).flatMap((frame) => measure(frame.key) ?? [])];
    if (all.length === 0) return null;
    const box = grownBy(around(all), PADDING);
    boxes.set(key, { ...box, y: box.y - FRAME_HEAD / 2, height: box.height + FRAME_HEAD / 2 });
    return boxes.get(key) ?? null;
  };
  for (const { key, frame } of frames) if (frame === null) measure(key);
}

/** The rectangle around all; there may be too many for the arguments of one call. */
function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { x, y, width, height } of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function grownBy({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** Moves everything so that it begins at the margin. */
function shifted(
  visible: Visible,
  boxes: ReadonlyMap<string, Box>,
  routes: ReadonlyMap<string, Route>,
  bars: readonly Bar[],
): Layout {
  const points = [...routes.values()].flatMap(({ forward, backward }) => [...forward, ...(backward ?? [])]);
  const all = [...boxes.values(), ...bars, ...points.map(({ x, y }) => ({ x, y, width: 0, height: 0 }))];
  const { x, y, width, height } = around(all.length === 0 ? [{ x: 0, y: 0, width: 0, height: 0 }] : all);
  const [dx, dy] = [MARGIN - x, MARGIN - y];
  const move = <T extends { readonly x: number; readonly y: number }>(thing: T): T => {
    return { ...thing, x: thing.x + dx, y: thing.y + dy };
  };
  const moveRoute = ({ forward, backward }: Route): Route => {
    return { forward: forward.map(move), backward: backward?.map(move) ?? null };
  };
  return {
    visible,
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN),
    boxes: new Map([...boxes].map(([key, box]) => [key, move(box)])),
    routes: new Map([...routes].map(([key, route]) => [key, moveRoute(route)])),
    bars: bars.map((bar) => ({ ...move(bar), stub: moveRoute(bar.stub) })),
  };
}
