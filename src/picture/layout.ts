/** The layout: where items and links are, whatever the step of the backward pass and whatever is selected. */

import { type Body, bodiesOf, FRAME_HEAD, type PartOfBody } from "./body.ts";
import { dotOf, ownersOf, PADDING, readPlain } from "./dot.ts";
import { type Column, type Gutter, PAIR_BETWEEN, type Placed, type Route, routesOf } from "./lanes.ts";
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

/** The layout from the engine's answer to `layoutSource(visible)`; what is wider than `room` goes on below. */
export function readLayout(visible: Visible, answer: string, room: number = WIDEST): Layout {
  const bodies = bodiesOf(visible);
  const { places, edges } = readPlain(answer);
  const heights = inOrder(bodies, (key) => places.get(key)?.y ?? 0);
  const owners = ownersOf(bodies);
  const { columns, gutters } = inRows(
    columnsOf(bodies, (key) => places.get(key)?.x ?? 0),
    heights,
    visible,
    owners,
    room,
  );
  const placed = new Map<string, Placed>();
  columns.forEach((column, index) => {
    for (const body of column.bodies) {
      const y = Math.round((heights.get(body.key) ?? 0) + column.down);
      // Cards of a column are aligned at their right ends, so that links leave it from one line.
      placed.set(body.key, { body, column: index, x: column.right - body.width, y });
    }
  });
  const boxes = new Map<string, Box>();
  for (const { body, x, y } of placed.values()) {
    for (const part of body.boxes) boxes.set(part.key, boxAt(part, x, y));
  }
  addFrames(visible, placed, boxes);
  const { routes, bars } = routesOf(visible, owners, { placed, columns, gutters }, edges, boxes);
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
      return { bodies: members, middle, left: middle - half, right: middle + half, row: 0, down: 0 };
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

// Columns in lines, as the words of a text: a picture that is too wide to be read goes on below.

/** The widest line whose smallest numbers are read in a column of a notebook, where nobody says how wide that is. */
const WIDEST = 1080;
/** The room between lines, and at their ends for links that go on to the next. */
const [BETWEEN, TURN] = [14, 16];
/** The room between what is given at the beginning of a line and the rest of it. */
const BEFORE = 50;

/** Puts columns that stand in one line, at these heights, into as many lines as it takes. */
function inRows(
  columns: readonly Column[],
  heights: ReadonlyMap<string, number>,
  { items, links }: Visible,
  owners: ReadonlyMap<string, Body>,
  room: number,
): { readonly columns: readonly Column[]; readonly gutters: readonly Gutter[] } {
  const width = columns.length === 0 ? 0 : columns[columns.length - 1].right - columns[0].left;
  if (width <= room) return { columns, gutters: [] };
  const columnOf = new Map(columns.flatMap(({ bodies }, k) => bodies.map(({ key }) => [key, k] as const)));
  const at = (key: string): number => columnOf.get(owners.get(key)?.key ?? "") ?? 0;
  // A link that goes back has a way of its own, around everything, which lines would cut.
  if (links.some(({ from, to, isResult }) => !isResult && at(to) <= at(from)))
    return { columns, gutters: [] };
  const spans = spansOf(items, columnOf);
  const outer = links.filter(({ isResult }) => !isResult);
  const isUsed = new Set(outer.map(({ from }) => owners.get(from)?.key));
  // What is given, such as the W of a layer, can stand at the beginning of the line in which it is first used.
  const given = new Set(
    columns.flatMap(({ bodies }) =>
      bodies.flatMap(({ key, arrive, frame }) =>
        frame === null && arrive.links.length === 0 && isUsed.has(key) ? [key] : [],
      ),
    ),
  );
  const crossingAt = (k: number): number =>
    outer.filter(({ from, to }) => {
      const column = at(from);
      return column <= k && at(to) > k && !(column === k && given.has(owners.get(from)?.key ?? ""));
    }).length;
  /** How bad it is to go on in the next line after column `k`. */
  const cut = (k: number): number => {
    const isInFrame = spans.some(([first, last]) => first <= k && last > k);
    return 0.2 * crossingAt(k) + (isInFrame ? 1000 : 0);
  };
  /** The room that what is given takes before column `k` where a line begins there. */
  const before = (k: number): number => {
    const late = k === 0 ? [] : columns[k - 1].bodies.filter(({ key }) => given.has(key));
    return late.length === 0 ? 0 : BEFORE + Math.max(...late.map((body) => body.width));
  };
  const starts = startsOf(columns, room, {
    cut: columns.map((_, k) => cut(k)),
    before: columns.map((_, k) => before(k)),
  });
  const lines = starts.map((start, row): Column[] => {
    const line = columns.slice(start, starts[row + 1]);
    const isLast = row + 1 === starts.length;
    const early = line.flatMap((column, k): Column[] => {
      const bodies = column.bodies.filter(({ key }) => isLast || k + 1 < line.length || !given.has(key));
      return bodies.length === 0 ? [] : [{ ...column, bodies }];
    });
    const late = start === 0 ? [] : columns[start - 1].bodies.filter(({ key }) => given.has(key));
    if (late.length === 0) return early;
    const right = line[0].left - BEFORE;
    const left = right - Math.max(...late.map(({ width }) => width));
    return [{ ...columns[start - 1], bodies: late, left, right }, ...early];
  });
  // Of a column of what is given nothing is left where that has gone to the next line.
  const full = lines.filter((line) => line.length > 0);
  return moved(
    full,
    heights,
    starts.slice(1).flatMap((start, row) => (lines[row].length > 0 ? [crossingAt(start - 1)] : [])),
    items.some(({ kind }) => kind === "frame") ? PADDING + FRAME_HEAD : 0,
  );
}

/** The first and the last column of each frame. */
function spansOf(
  items: Visible["items"],
  columnOf: ReadonlyMap<string, number>,
): readonly [number, number][] {
  const inside = groupedBy(items, ({ frame }) => frame);
  const columnsIn = (key: string): readonly number[] =>
    (inside.get(key) ?? []).flatMap((item) =>
      item.kind === "frame" ? columnsIn(item.key) : (columnOf.get(item.key) ?? []),
    );
  return items.flatMap(({ kind, key }): [number, number][] => {
    const own = kind === "frame" ? columnsIn(key) : [];
    return own.length === 0 ? [] : [[Math.min(...own), Math.max(...own)]];
  });
}

/** The first column of each line, such that lines are about equally long and few links are cut. */
function startsOf(
  columns: readonly Column[],
  room: number,
  { cut, before }: Readonly<Record<"cut" | "before", readonly number[]>>,
): readonly number[] {
  const width = columns[columns.length - 1].right - columns[0].left;
  const ideal = width / Math.ceil(width / room);
  /** For each number of columns, the least cost of lines that hold them, and where the last of these begins. */
  const best: { cost: number; start: number }[] = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= columns.length; end++) {
    let found = { cost: Number.POSITIVE_INFINITY, start: end - 1 };
    for (let start = end - 1; start >= 0; start--) {
      const long = before[start] + columns[end - 1].right - columns[start].left;
      const isLong = long > room && start < end - 1;
      const unequal = Math.abs(long / ideal - 1) + (isLong ? 2 + 10 * (long / room - 1) : 0);
      const cost = best[start].cost + unequal + (start === 0 ? 0 : 0.3 + cut[start - 1]);
      if (cost < found.cost) found = { cost, start };
    }
    best.push(found);
  }
  const starts: number[] = [];
  for (let end = columns.length; end > 0; end = best[end].start) starts.unshift(best[end].start);
  return starts;
}

/** Puts lines below each other, each as close as `crossing` links between them let it, and frames around them. */
function moved(
  lines: readonly (readonly Column[])[],
  heights: ReadonlyMap<string, number>,
  crossing: readonly number[],
  framed: number,
): { readonly columns: readonly Column[]; readonly gutters: readonly Gutter[] } {
  const gutters: Gutter[] = [];
  const placed: Column[] = [];
  let top = 0;
  for (const [row, line] of lines.entries()) {
    const bodies = line.flatMap((column) => column.bodies);
    const height = ({ key }: Body): number => heights.get(key) ?? 0;
    const down = top - Math.min(...bodies.map((body) => height(body) - body.half)) + framed;
    const aside = -line[0].left;
    for (const column of line) {
      const { left, right } = column;
      placed.push({ ...column, left: left + aside, right: right + aside, row, down });
    }
    if (row + 1 === lines.length) break;
    const bottom = Math.max(...bodies.map((body) => height(body) + body.half)) + down + framed;
    const right = line[line.length - 1].right + aside + TURN;
    gutters.push({ top: bottom + BETWEEN, right, left: -TURN });
    top = bottom + 2 * BETWEEN + PAIR_BETWEEN * crossing[row];
  }
  return { columns: placed, gutters };
}
