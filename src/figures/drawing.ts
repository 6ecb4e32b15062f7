/** What a figure is made of: boxes, arrows between them, and matrices; drawn twice, as SVG and as text. */

import type { Label } from "../typeset/label.ts";

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

/** Something that arrows lead from and to, by its centre. */
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
  /** How far it lies to the left of the straight line, seen along it: two that lead to and fro stay apart. */
  readonly shift?: number;
  /** How far it swings out to the left. */
  readonly bend?: number;
  /** Leads over a lane this far below the two, or above where it is negative: for entries that stand in a line. */
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
