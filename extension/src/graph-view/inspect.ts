/** The inspector's page for a graph and what is selected in it. */
import { inspectEdge } from "./inspect-edge.ts";
import { inspectEntry } from "./inspect-entry.ts";
import { inspectGraph, inspectGroup } from "./inspect-graph.ts";
import { inspectNode } from "./inspect-node.ts";
import type { Inspected, Inspection } from "./inspection.ts";

/** The page. */
export function inspect(inspected: Inspected): Inspection {
  const { selection } = inspected.view;
  switch (selection?.kind) {
    case "node":
      return inspectNode(inspected, selection.node);
    case "entry":
      return inspectEntry(inspected, selection.node, selection.entry);
    case "edge":
      return inspectEdge(inspected, selection.node, selection.input);
    case "group":
      return inspectGroup(inspected, selection.group);
    default:
      return inspectGraph(inspected);
  }
}
