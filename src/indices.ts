/** Index strings, which say how the axes of a result and of its arguments correspond: `ik,kj->ij`. */

import { broadcastShapes, type Shape } from "./shape.ts";

/** The letters a, b, c, … for `rank` axes, after the first `skip`. */
export function letters(rank: number, skip = 0): string {
  return Array.from({ length: rank }, (_, axis) => String.fromCharCode(97 + skip + axis)).join("");
}

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
