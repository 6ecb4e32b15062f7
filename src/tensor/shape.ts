/** Shapes: their size, their strides, how two of them broadcast, and which axes correspond. */

import { ShapeError } from "./errors.ts";

// Shapes: their size, their strides, and how two of them broadcast.

/** The lengths of a tensor's axes: `[2, 3]` for a 2×3 matrix, `[]` for a scalar. */
export type Shape = number[];

/** The number of entries. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** How far apart in memory two neighbours along each axis are, in entries, when the last axis is contiguous. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** As people read it: `[2, 3]`, and `[]` for a scalar. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/**
 * The shape to which all `shapes` broadcast by NumPy's rule: aligned at the last axis, an axis of length 1 (or none)
 * stretches to the other's length. `action` is the verb of the error's sentence.
 */
export function broadcastShapes(action: string, shapes: readonly Shape[]): Shape {
  if (shapes.length === 2 && sameShape(shapes[0], shapes[1])) return shapes[0];
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result: Shape = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    const offset = rank - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const length = shape[axis];
      const other = result[axis + offset];
      if (other === 1) result[axis + offset] = length;
      else if (length !== 1 && length !== other) {
        throw new ShapeError(
          `Cannot ${action} shapes ${shapes.map(formatShape).join(" and ")}: ` +
            `axis ${axis + offset} has lengths ${other} and ${length}`,
          shapes,
        );
      }
    }
  }
  return result;
}

/** The axis counted from 0, for one that may be counted from the end (−1 is the last). */
export function normalizeAxis(action: string, axis: number, shape: Shape): number {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const range = rank === 0 ? "a scalar has no axes" : `choose one from ${-rank} to ${rank - 1}`;
    throw new ShapeError(`Cannot ${action} shape ${formatShape(shape)} along axis ${axis}: ${range}`, [
      shape,
    ]);
  }
  return axis < 0 ? axis + rank : axis;
}

/** The indices of the entry at a position in memory, counted from 0. */
export function indicesAt(position: number, shape: readonly number[]): number[] {
  const indices: number[] = [];
  let rest = position;
  for (const length of shape.toReversed()) {
    indices.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return indices;
}

/** An entry by its position in memory, as messages name it: `entry (1, 2)`, counted from 1 as the lecture does. */
export function entryName(position: number, shape: Shape): string {
  if (shape.length === 0) return "its value";
  return `entry (${indicesAt(position, shape)
    .map((index) => index + 1)
    .join(", ")})`;
}

// Index strings, which say how the axes of a result and of its arguments correspond: `ik,kj->ij`.

/** The letters a, b, c, … for `rank` axes, after the first `skip`. */
export function letters(rank: number, skip = 0): string {
  if (skip + rank <= LETTERS.length) return LETTERS.slice(skip, skip + rank);
  return lettersFrom(skip, rank);
}

const lettersFrom = (skip: number, rank: number): string =>
  Array.from({ length: rank }, (_, axis) => String.fromCharCode(97 + skip + axis)).join("");

const LETTERS: string = lettersFrom(0, 64);

/** An index string taken apart: the indices of each argument, and those of the result. */
export function groupsOf(indices: string): [inputs: string[], output: string] {
  const [before, after] = indices.split("->");
  return [before.split(","), after];
}

/** The index string of an op that acts entry by entry; an axis that is stretched has an index of its own. */
export function pointwiseIndices(...shapes: Shape[]): string {
  const to = broadcastShapes("broadcast", shapes);
  const result = letters(to.length);
  const groups = shapes.map((shape, operand) => {
    const offset = to.length - shape.length;
    const own = letters(shape.length, operand * 8).toUpperCase();
    return shape
      .map((length, axis) => (length === to[axis + offset] ? result[axis + offset] : own[axis]))
      .join("");
  });
  return `${groups.join(",")}->${result}`;
}
