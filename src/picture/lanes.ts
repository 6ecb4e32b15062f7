/**
 * The routes of links: a lane for values and, below it, one for gradients. Between columns they bend, and they pass
 * columns in a straight line where the engine left room. So two links whose routes do not cross have four lanes that do
 * not cross.
 */

import { BAR, type Body, backwardLinks, type Side, slot, slotsHeight } from "./body.ts";
import { LANE } from "./card.ts";
import { type AnsweredEdge, heightAt, type Point } from "./dot.ts";
import type { Bar, Box } from "./layout.ts";
import { groupedBy, type Link, type Visible } from "./visible.ts";

/** A link as it is drawn, both lanes from left to right: Bézier curves of degree 3, piece by piece. */
export interface Route {
  readonly forward: readonly Point[];
  /** `null` where no gradient goes. */
  readonly backward: readonly Point[] | null;
}

/** Bodies above each other. */
export interface Column {
  readonly bodies: readonly Body[];
  /** Where the engine put it. */
  readonly middle: number;
  readonly left: number;
  readonly right: number;
  /** The line it stands in, as in a text, and how far below the engine's place that is. */
  readonly row: number;
  readonly down: number;
}

/** The room between a line of columns and the next, in which links go back to the left. */
export interface Gutter {
  readonly top: number;
  /** Where the line above ends, and where the one below begins. */
  readonly right: number;
  readonly left: number;
}

/** Where everything is that has a place. */
export interface Places {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly columns: readonly Column[];
  readonly gutters: readonly Gutter[];
}

/** A body in its place: its left end, and the height of its middle line. */
export interface Placed {
  readonly body: Body;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

/** How far apart two lanes are where they pass a column: half of it. */
const APART = 4.5;
/** The room of a pair of lanes between two lines of columns, and of the bend that leads there. */
export const PAIR_BETWEEN = 20;
const BEND = 18;

/** A link between its two bodies, and the heights at which it passes columns between them. */
interface Way {
  readonly link: Link;
  readonly from: Placed;
  readonly to: Placed;
  /** By columns, from the first between the two. `null` if the route does not go from left to right. */
  readonly passes: readonly number[] | null;
  readonly points: readonly Point[];
}

/** Finds the routes of all links, and the bars at which several come together. */
export function routesOf(
  visible: Visible,
  owners: ReadonlyMap<string, Body>,
  places: Places,
  edges: readonly AnsweredEdge[],
  boxes: ReadonlyMap<string, Box>,
): { readonly routes: ReadonlyMap<string, Route>; readonly bars: readonly Bar[] } {
  const { placed, columns } = places;
  const isBackward = backwardLinks(visible.graph);
  const ways = waysOf(visible, owners, placed, columns, edges);
  const leaving = slotsOf(
    placed,
    "leave",
    groupedBy(ways, ({ from }) => from.body.key),
    (way) => way.passes?.[0] ?? way.to.y,
  );
  const arriving = slotsOf(
    placed,
    "arrive",
    groupedBy(ways, ({ to }) => to.body.key),
    (way) => way.passes?.at(-1) ?? way.from.y,
  );
  const turns = turnsOf(ways, places, (way) => leaving.get(way.link)?.forward ?? way.from.y);
  const routes = new Map<string, Route>();
  for (const way of ways) {
    const [start, end] = [leaving.get(way.link), arriving.get(way.link)];
    if (start === undefined || end === undefined) continue;
    const lane = (which: "forward" | "backward"): readonly Point[] =>
      laneOf(way, places, turns, start[which], end[which], which === "forward" ? -APART : APART);
    routes.set(way.link.key, {
      forward: lane("forward"),
      backward: isBackward(way.link) ? lane("backward") : null,
    });
  }
  for (const link of visible.links) {
    const [pill, card, body] = [boxes.get(link.from), boxes.get(link.to), placed.get(link.to)];
    if (!link.isResult || pill === undefined || card === undefined || body === undefined) continue;
    routes.set(link.key, straight(pill.x + pill.width, card.x, body.y, isBackward(link)));
  }
  return { routes, bars: barsOf(placed, boxes) };
}

function waysOf(
  { links }: Visible,
  owners: ReadonlyMap<string, Body>,
  placed: ReadonlyMap<string, Placed>,
  columns: readonly Column[],
  edges: readonly AnsweredEdge[],
): Way[] {
  const name = (tail: string, head: string, port: number | null): string => `${tail} ${head} ${port ?? ""}`;
  const found = groupedBy(edges, ({ tail, head, port }) => name(tail, head, port));
  return links.flatMap((link): Way[] => {
    const [from, to] = [
      placed.get(owners.get(link.from)?.key ?? ""),
      placed.get(owners.get(link.to)?.key ?? ""),
    ];
    if (link.isResult || from === undefined || to === undefined) return [];
    const { links: inputs, isOrdered } = to.body.arrive;
    const port = isOrdered && inputs.length > 1 ? inputs.indexOf(link) : null;
    const points = found.get(name(from.body.key, to.body.key, port))?.shift()?.points ?? [];
    if (to.column <= from.column) return [{ link, from, to, passes: null, points }];
    const passes = columns.slice(from.column + 1, to.column).map(({ middle, down }, k) => {
      const share = (k + 1) / (to.column - from.column);
      const [start, end] = [from, to].map(({ column, y }) => y - columns[column].down);
      // What was given beside it has moved to a line of its own: the link passes where it began.
      if (middle === columns[from.column].middle) return start + down;
      return (heightAt(points, middle) ?? start + share * (end - start)) + down;
    });
    return [{ link, from, to, passes, points }];
  });
}

/** The heights of both lanes of each link at one side of its body. */
function slotsOf(
  placed: ReadonlyMap<string, Placed>,
  which: "arrive" | "leave",
  waysAt: ReadonlyMap<string, readonly Way[]>,
  towards: (way: Way) => number,
): ReadonlyMap<Link, { readonly forward: number; readonly backward: number }> {
  const slots = new Map<Link, { readonly forward: number; readonly backward: number }>();
  for (const { body, y } of placed.values()) {
    const side = body[which];
    const ways = [...(waysAt.get(body.key) ?? [])];
    if (!side.isOrdered) ways.sort((a, b) => towards(a) - towards(b));
    const order = side.isOrdered ? side.links : ways.map(({ link }) => link);
    order.forEach((link, k) => {
      const { forward, backward } = slot(side, k);
      slots.set(link, { forward: y + forward, backward: y + backward });
    });
  }
  return slots;
}

/** Where links go back to the left between two lines: for each, by its line, the place among all that do. */
type Turns = ReadonlyMap<Link, ReadonlyMap<number, { readonly above: number; readonly below: number }>>;

/** The highest turns last and runs lowest, so that no two cross. */
function turnsOf(ways: readonly Way[], { columns, gutters }: Places, startOf: (way: Way) => number): Turns {
  const turns = new Map<Link, Map<number, { readonly above: number; readonly below: number }>>();
  gutters.forEach((_, row) => {
    const last = columns.findLastIndex((column) => column.row === row);
    const crossing = ways.filter(
      ({ from, to, passes }) => passes !== null && from.column <= last && to.column > last,
    );
    const heightOf = (way: Way): number =>
      way.from.column === last ? startOf(way) : (way.passes?.[last - way.from.column - 1] ?? 0);
    crossing.sort((a, b) => heightOf(b) - heightOf(a));
    crossing.forEach(({ link }, above) => {
      const mine = turns.get(link) ?? new Map();
      turns.set(link, mine.set(row, { above, below: crossing.length - 1 - above }));
    });
  });
  return turns;
}

/** A lane: out of one body, past the columns between, and into the other. */
function laneOf(
  { link, from, to, passes, points }: Way,
  { columns, gutters }: Places,
  turns: Turns,
  start: number,
  end: number,
  aside: number,
): Point[] {
  const first = { x: from.x + from.body.leave.x, y: start };
  const last = { x: to.x + to.body.arrive.x, y: end };
  if (passes === null) return around(first, last, points, aside);
  const lane: Point[] = [first];
  /** From the end of a line of columns to the beginning of the next, at `height` there. */
  const turn = (row: number, height: number): void => {
    const { above, below } = turns.get(link)?.get(row) ?? { above: 0, below: 0 };
    const { top, right, left } = gutters[row];
    const between = top + (above + 0.5) * PAIR_BETWEEN - aside;
    const out = { x: right, y: lane[lane.length - 1].y };
    if (lane[lane.length - 1].x < right) lane.push(...line(lane[lane.length - 1], out));
    lane.push(
      ...around180(lane[lane.length - 1], { x: right, y: between }, BEND + above * PAIR_BETWEEN - aside),
    );
    lane.push(...line(lane[lane.length - 1], { x: left, y: between }));
    lane.push(
      ...around180(lane[lane.length - 1], { x: left, y: height }, -BEND - below * PAIR_BETWEEN - aside),
    );
  };
  passes.forEach((height, k) => {
    const { left, right, row } = columns[from.column + 1 + k];
    const before = columns[from.column + k].row;
    if (row !== before) turn(before, height + aside);
    lane.push(...bend(lane[lane.length - 1], { x: left, y: height + aside }));
    lane.push(...line(lane[lane.length - 1], { x: right, y: height + aside }));
  });
  const { left, row } = columns[to.column];
  const before = columns[to.column - 1].row;
  if (row !== before) turn(before, end);
  lane.push(...bend(lane[lane.length - 1], { x: Math.min(left, last.x), y: end }));
  if (last.x > left) lane.push(...line(lane[lane.length - 1], last));
  return lane;
}

/** A route back to the left, as happens when a closed group hides what lies between: above what the engine found. */
function around(first: Point, last: Point, points: readonly Point[], aside: number): Point[] {
  const middle = points.slice(1, -1).map(({ x, y }) => ({ x, y: y + aside }));
  const lane = [first, ...middle, last];
  while (lane.length % 3 !== 1) lane.push(last);
  return lane;
}

/** A curve that leaves and arrives level. */
function bend(from: Point, to: Point): Point[] {
  const middle = (from.x + to.x) / 2;
  return [{ x: middle, y: from.y }, { x: middle, y: to.y }, to];
}

/** A curve that leaves level and comes back level, `out` pixels farther at most. */
function around180(from: Point, to: Point, out: number): Point[] {
  const x = from.x + (4 / 3) * out;
  return [{ x, y: from.y }, { x, y: to.y }, to];
}

function line(from: Point, to: Point): Point[] {
  return [from, to, to];
}

function straight(left: number, right: number, y: number, isBackward: boolean): Route {
  const lane = (height: number): Point[] => [
    { x: left, y: height },
    ...line({ x: left, y: height }, { x: right, y: height }),
  ];
  return { forward: lane(y - LANE), backward: isBackward ? lane(y + LANE) : null };
}

function barsOf(placed: ReadonlyMap<string, Placed>, boxes: ReadonlyMap<string, Box>): Bar[] {
  return [...placed.values()].flatMap(({ body, x, y }): Bar[] => {
    const bar = (side: Side, which: "left" | "right"): Bar[] => {
      const box = boxes.get(body.key);
      if (side.bar === null || box === undefined) return [];
      const height = slotsHeight(side) - 4;
      const middle = side.hasGradients ? y : y - LANE;
      const at = which === "left" ? x : x + side.x - BAR;
      const [start, end] = which === "left" ? [at + BAR, box.x] : [box.x + box.width, at];
      return [
        {
          key: body.key,
          side: which,
          x: at,
          y: middle - height / 2,
          width: BAR,
          height,
          stub: straight(start, end, y, side.hasGradients),
        },
      ];
    };
    return [...bar(body.arrive, "left"), ...bar(body.leave, "right")];
  });
}
