/** The name of an entry: z with the subscript 12 for an entry of Z. */

import { entryOf } from "../../latex/entry-name.ts";
import { indicesAt } from "../../shape.ts";
import type { GraphNode } from "../graph-json.ts";

/** The LaTeX of the name of an entry, whose position in the data is `entry`; indices count from 1. */
export function entryName({ name, label, shape }: GraphNode, entry: number): string {
  return entryOf(
    name ?? label,
    indicesAt(entry, shape).map((index) => String(index + 1)),
  );
}
