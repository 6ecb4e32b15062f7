/** What lights up with an entry: what it depends on and what it influences, in values and in gradients. */

import { type EntrySet, linksOf } from "../entry-links.ts";
import type { GraphJson } from "../graph-json.ts";
import type { Highlight } from "./looks.ts";

/**
 * The entries that light up when entry `entry` of `node` is selected. Its gradient goes on to the gradients of all that
 * it depends on, as these are computed from it.
 */
export function highlightsOf(graph: GraphJson, node: number, entry: number): readonly Highlight[] {
  const { depends, influences } = linksOf(graph, node, entry);
  return [
    { node, entry, part: "value", kind: "selected" },
    { node, entry, part: "gradient", kind: "selected" },
    ...lit(depends, "value", "depends"),
    ...lit(influences, "value", "influences"),
    ...lit(depends, "gradient", "influences"),
  ];
}

function lit(entries: EntrySet, part: Highlight["part"], kind: Highlight["kind"]): Highlight[] {
  return [...entries].flatMap(([node, positions]) =>
    [...positions].map((entry) => ({ node, entry, part, kind })),
  );
}
