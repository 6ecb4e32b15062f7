/** The name of an entry: z with the subscript 12 for an entry of Z. */

import { entryOf } from "../../latex/entry-name.ts";
import type { GraphNode } from "../graph-json.ts";

/** The LaTeX of the name of an entry, whose position in the data is `entry`; indices count from 1. */
export function entryName({ name, label, shape }: GraphNode, entry: number): string {
  return entryOf(name ?? label, indicesOf(shape, entry).map(String));
}

/** The indices of an entry, from 1. */
export function indicesOf(shape: readonly number[], entry: number): readonly number[] {
  const indices: number[] = [];
  let rest = entry;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices.unshift((rest % shape[axis]) + 1);
    rest = Math.floor(rest / shape[axis]);
  }
  return indices;
}
