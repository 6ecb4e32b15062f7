/** What a notebook shows of a tensor, and how cells tell the notebook to show something. */

import { ValueError } from "../tensor/errors.ts";
import { type JsonNumber, toJsonNumber } from "../tensor/numbers.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { shownPositions } from "../tex/matrix.ts";
import { isSymbolic } from "./expression.ts";
import { latex } from "./latex.ts";
import { text } from "./text.ts";

/** One value in several forms, by MIME type; a front end picks the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The MIME type of `TensorJson`, which Gradbook's JupyterLab extension renders. */
export const TENSOR_MIME = "application/vnd.gradbook.tensor.v1+json";

/** A tensor as it stands in a saved notebook; schemas/tensor.v1.schema.json describes it. */
export interface TensorJson {
  readonly v: 1;
  readonly name: string | null;
  /** The LaTeX, without delimiters. */
  readonly tex: string;
  readonly text: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /**
   * The numbers, the last axis running fastest: all of them, or, for a large tensor, those that `tex` shows. A symbol
   * has none.
   */
  readonly data?: readonly JsonNumber[];
  /** How its numbers may be changed where it is shown; absent where they may not. */
  readonly live?: Handles;
  /** Identifies a tensor whose numbers are not all here, so that a front end can ask for the rest. */
  readonly id?: string;
}

/** How numbers are changed: between two ends, or freely, in steps of this size. */
export interface Handles {
  readonly from?: number;
  readonly to?: number;
  readonly step?: number;
}

const handles = new WeakMap<Tensor, Handles>();

/** From now on the numbers of `x` may be changed where it is shown. */
export function enliven(x: Tensor, how: Handles): void {
  handles.set(x, how);
}

/** For a tensor with more entries than this, the notebook keeps only those that are shown. */
const MOST_NUMBERS = 400;

/** The forms of a tensor: Gradbook's own, LaTeX (inline, so that it stands at the left like all output), and text. */
export function mimeBundle(x: Tensor): MimeBundle {
  const json = tensorJson(x);
  noteShown(json.tex, x);
  return { [TENSOR_MIME]: json, "text/latex": outputLatex(json.tex), "text/plain": json.text };
}

/** Gradbook's own form of a tensor. */
export function tensorJson(x: Tensor): TensorJson {
  const isFormula = isSymbolic(x);
  const live = handles.get(x);
  return {
    v: 1,
    name: x.name,
    tex: latex(x),
    text: text(x),
    shape: x.shape,
    dtype: x.dtype,
    ...(!isFormula && { data: numbersOf(x) }),
    ...(live !== undefined && { live }),
    ...(x.size > MOST_NUMBERS && !isFormula && { id: keepTensor(x) }),
  };
}

// What was shown last, by how it looks: a front end names a tensor by its LaTeX, which says nothing of the session.

/** So many are remembered, and so many even if nobody else holds on to them. */
const [MOST_SHOWN, MOST_HELD] = [1000, 32];

const shownLast = new Map<string, WeakRef<Tensor>>();
const held: Tensor[] = [];

function noteShown(tex: string, x: Tensor): void {
  shownLast.delete(tex); // so that it comes last
  shownLast.set(tex, new WeakRef(x));
  const [oldest] = shownLast.keys();
  if (shownLast.size > MOST_SHOWN && oldest !== undefined) shownLast.delete(oldest);
  held.push(x);
  if (held.length > MOST_HELD) held.shift();
}

/** What was shown and is drawn anew when numbers change: a plot, a derivation. */
export interface Redrawn {
  /** The tensors that are in it; `null` where functions of the session may read any of them. */
  readonly from: readonly Tensor[] | null;
  /** What it looks like now. `now` has a tensor computed again, while the tensor itself reads the new numbers, too. */
  readonly redraw: (now: (x: Tensor) => Tensor) => unknown;
}

const redrawn = new Map<string, Redrawn>();

/** Notes that something was shown which a front end knows by this text: a picture by its SVG, a formula by its LaTeX. */
export function noteRedrawn(shown: string, how: Redrawn): void {
  redrawn.delete(shown); // so that it comes last
  redrawn.set(shown, how);
  const [oldest] = redrawn.keys();
  if (redrawn.size > MOST_HELD && oldest !== undefined) redrawn.delete(oldest);
}

/** How that which was shown is drawn anew; undefined if it is forgotten. */
export function lastRedrawn(shown: string): Redrawn | undefined {
  return redrawn.get(shown);
}

/** The tensor that was shown last with this LaTeX; undefined if it is gone. */
export function lastShown(tex: string): Tensor | undefined {
  return shownLast.get(tex)?.deref();
}

/**
 * LaTeX as an output of a notebook has it, for every reader of notebooks. One formula stands at the left, as all output does: inline, since what is displayed would stand in the middle. Several
 * are displayed below each other.
 *
 * Readers of Markdown, which many notebooks' readers are, end a formula at a dollar, and do not begin or end one at a
 * space: so there is neither.
 */
export function outputLatex(formulas: string | readonly string[]): string {
  const all = [formulas].flat().map((formula) => formula.trim());
  return all.length === 1 ? `$\\displaystyle ${all[0]}$` : all.map((formula) => `$$${formula}$$`).join("\n");
}

function numbersOf(x: Tensor): JsonNumber[] {
  if (x.size <= MOST_NUMBERS) return Array.from(x.data, toJsonNumber);
  return shownPositions(x.shape).map((position) => toJsonNumber(x.data[position]));
}

// How an object answers a notebook and `console.log`, by members that its type leaves out.

const DISPLAY = Symbol.for("Jupyter.display");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** An object with a bundle for the notebook and text for everything else. */
interface Displayable {
  toMimeBundle(): MimeBundle | Promise<MimeBundle>;
  toString(): string;
}

/** Shows the objects with this `prototype` by their own two forms. */
export function makeDisplayable(prototype: Displayable): void {
  for (const [key, form] of [
    [DISPLAY, "toMimeBundle"],
    [INSPECT, "toString"],
  ] as const) {
    Object.defineProperty(prototype, key, {
      value(this: Displayable): unknown {
        return this[form]();
      },
    });
  }
}

/** Members for an object without a class, so that it is shown as `text()`, and in a notebook as `bundle()`. */
export function shownAs(
  text: () => string,
  bundle: () => MimeBundle = () => ({ "text/plain": text() }),
): { toString(): string } {
  return { toString: text, [DISPLAY]: bundle, [INSPECT]: text } as { toString(): string }; // the rest is for inspectors
}

// Large tensors that were shown in part, so that a front end can ask for all of one.

const tensors = new Map<string, WeakRef<Tensor>>();
const names = new WeakMap<Tensor, string>();
const forgotten = new FinalizationRegistry<string>((id) => tensors.delete(id));
let count = 0;

/** Gives a tensor an id that is valid as long as somebody holds on to it. */
export function keepTensor(x: Tensor): string {
  const known = names.get(x);
  if (known !== undefined) return known;
  count += 1;
  const id = `t${count}`;
  names.set(x, id);
  tensors.set(id, new WeakRef(x));
  forgotten.register(x, id);
  return id;
}

/**
 * The tensor of that name.
 *
 * @throws ValueError when it is gone.
 */
export function keptTensor(id: string): Tensor {
  const x = tensors.get(id)?.deref();
  if (x === undefined) throw new ValueError("Cannot find this tensor any more: run its cell again");
  return x;
}
