/** The list of what has changed since the graph it is compared with. */
import { changesBetween, isComparable } from "./changes.ts";
import { type Content, type Inspected, text } from "./inspection.ts";
import { roughly } from "./number-tex.ts";

/** The most nodes that are listed. */
const MOST_LISTED = 12;

/** One line for each node that changed, those that changed most first; empty where nothing is compared. */
export function changesContents({ graph, reference, trans }: Inspected): Content[] {
  if (reference === null) return [];
  if (!isComparable(reference, graph))
    return [text(trans.__("Another computation: its nodes are not the same."), "quiet")];
  const changes = changesBetween(reference, graph);
  if (changes.length === 0) return [text(trans.__("Nothing: all numbers are the same."), "quiet")];
  const lines = changes.slice(0, MOST_LISTED).map(({ node, value, gradient }) => {
    const { label } = graph.nodes[node];
    const parts = [
      ...(value === null ? [] : [trans.__("%1 by up to %2", label, roughly(value))]),
      ...(gradient === null ? [] : [trans.__("d%1 by up to %2", label, roughly(gradient))]),
    ];
    return text(parts.join(", "));
  });
  const rest = changes.length - lines.length;
  return rest === 0 ? lines : [...lines, text(trans.__("and %1 more", rest), "quiet")];
}
