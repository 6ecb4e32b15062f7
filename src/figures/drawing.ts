/** What a figure is made of: boxes, arrows between them, and matrices; drawn twice, as SVG and as text. */

import type { Label } from "../svg/label.ts";
import { short } from "../svg/plane.ts";

/** A figure. */
export interface Drawing {
  readonly title: string;
  /** What it shows, in a sentence or two: for those who cannot see it, and above its text form. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly matrices?: readonly Matrix[];
}

/** Something that arrows lead from and to, placed by its centre. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly outline: "box" | "round" | "frame" | "none";
  readonly label: string;
  /** A line below the label: its shape, or its formula. */
  readonly detail?: string;
  /** The name of its gradient, in a band of its own. */
  readonly gradient?: string;
  /** Whether it is a gradient itself. */
  readonly isGradient?: boolean;
}

/** An arrow; one that carries a gradient is drawn in the gradient's colour. */
export interface Arrow {
  readonly from: Box;
  readonly to: Box;
  readonly label?: Label;
  readonly isBackward?: boolean;
  /** Where on the arrow its label stands, from 0 to 1; the middle when left out. */
  readonly labelAt?: number;
  /** How far it lies to the left of the straight line, seen along it: so that arrows to and fro stay apart. */
  readonly shift?: number;
  /** How far it swings out to the left. */
  readonly bend?: number;
  /** Leads along a lane this far below the two boxes, or above if negative: for entries that stand in a line. */
  readonly lane?: number;
}

/** A matrix in parentheses; its entries are boxes, of which some are framed. */
export interface Matrix {
  readonly name: string;
  readonly rows: readonly (readonly Box[])[];
}

/** A tensor with its name and its shape, and with a band for its gradient if asked for. */
export function tensorBox(x: number, y: number, label: string, detail: string, gradient?: string): Box {
  const height = gradient === undefined ? 48 : 74;
  return { x, y, width: 88, height, outline: "box", label, detail, ...(gradient && { gradient }) };
}

/** A single number, or a function. */
export function disc(x: number, y: number, label: string): Box {
  return { x, y, width: 46, height: 46, outline: "round", label };
}

/** Dots: more of the same. */
export function dots(x: number, y: number): Box {
  return { x, y, width: 34, height: 24, outline: "none", label: "⋯" };
}

// The course of an arrow from the edge of one box to the edge of another.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow as it is drawn. */
export interface Route {
  /** The line, in the notation of an SVG path. */
  readonly d: string;
  readonly tip: Point;
  /** Where the tip points, of length 1. */
  readonly direction: Point;
  /** Where the label stands. */
  readonly at: Point;
}

/** Free room between an arrow and what it leads from or to, and how far before its tip the line ends. */
const [GAP, HEAD] = [4, 7];
const CORNER = 9;

/** Finds the course of an arrow. */
export function routeOf(arrow: Arrow): Route {
  return arrow.lane === undefined
    ? curve(arrow, arrow.bend ?? 0, arrow.shift ?? 0)
    : overLane(arrow, arrow.lane);
}

/** A line, or an arc: a Bézier curve of degree 2 whose control point lies `2 bend` beside the middle. */
function curve({ from, to, labelAt = 0.5 }: Arrow, bend: number, shift: number): Route {
  const along = unit({ x: to.x - from.x, y: to.y - from.y });
  const beside = { x: along.y, y: -along.x }; // to the left, seen along it: y grows downwards
  const moved = ({ x, y }: Point, by: number): Point => ({ x: x + by * beside.x, y: y + by * beside.y });
  const control = moved({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, 2 * bend + shift);
  const start = edge(from, moved(from, shift), control);
  const tip = edge(to, moved(to, shift), control);
  const direction = bend === 0 ? along : unit({ x: tip.x - control.x, y: tip.y - control.y });
  const end = { x: tip.x - HEAD * direction.x, y: tip.y - HEAD * direction.y };
  const mix = (a: number, b: number, c: number): number =>
    (1 - labelAt) ** 2 * a + 2 * labelAt * (1 - labelAt) * b + labelAt ** 2 * c;
  const at = { x: mix(start.x, control.x, tip.x), y: mix(start.y, control.y, tip.y) };
  const d = bend === 0 ? `M${pair(start)}L${pair(end)}` : `M${pair(start)}Q${pair(control)} ${pair(end)}`;
  return { d, tip, direction, at };
}

/** Out of one box, along the lane, and into the other. */
function overLane({ from, to, labelAt = 0.5 }: Arrow, lane: number): Route {
  const side = Math.sign(lane); // 1 below
  const onward = Math.sign(to.x - from.x);
  const level = from.y + lane;
  const [x0, x1] = [from.x, to.x];
  const [y0, y1] = [from.y + side * (from.height / 2 + 1), to.y + side * (to.height / 2 + 2)];
  const d =
    `M${pair({ x: x0, y: y0 })}V${short(level - side * CORNER)}Q${pair({ x: x0, y: level })} ${pair({ x: x0 + onward * CORNER, y: level })}` +
    `H${short(x1 - onward * CORNER)}Q${pair({ x: x1, y: level })} ${pair({ x: x1, y: y1 + side * HEAD })}`;
  return {
    d,
    tip: { x: x1, y: y1 },
    direction: { x: 0, y: -side },
    at: { x: x0 + labelAt * (x1 - x0), y: level },
  };
}

/** Where the line from a point in the box towards another point leaves the box. */
function edge(box: Box, inside: Point, towards: Point): Point {
  const { x: ux, y: uy } = unit({ x: towards.x - inside.x, y: towards.y - inside.y });
  const distance = box.outline === "round" ? leavesDisc(box, inside, ux, uy) : leavesBox(box, inside, ux, uy);
  return { x: inside.x + (distance + GAP) * ux, y: inside.y + (distance + GAP) * uy };
}

function leavesDisc(box: Box, inside: Point, ux: number, uy: number): number {
  const [dx, dy] = [inside.x - box.x, inside.y - box.y];
  const b = dx * ux + dy * uy;
  return -b + Math.sqrt(b * b - (dx * dx + dy * dy) + (box.width / 2) ** 2);
}

function leavesBox(box: Box, inside: Point, ux: number, uy: number): number {
  const until = (from: number, centre: number, half: number, u: number): number =>
    u === 0 ? Number.POSITIVE_INFINITY : (centre + Math.sign(u) * half - from) / u;
  return Math.min(until(inside.x, box.x, box.width / 2, ux), until(inside.y, box.y, box.height / 2, uy));
}

function unit({ x, y }: Point): Point {
  const length = Math.sqrt(x * x + y * y);
  return { x: x / length, y: y / length };
}

function pair({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}
