/** The view of a graph carried over to the graph that takes its place. */
import { type GraphJson, type GraphView, type Selection, untouched } from "gradbook/graph";
import { visibleCount } from "./visible-count.ts";

/** What a graph looks like before anybody has touched it: all steps made, groups open where that stays readable. */
export function firstView(graph: GraphJson, openUpTo: number): GraphView {
  const all = new Set(graph.groups.keys());
  const open = visibleCount(graph, all) <= openUpTo ? all : new Set<number>();
  return { ...untouched(graph.steps.length), open };
}

/** `view` of `before` as a view of `after`: what still exists stays as it was. */
export function keptView(view: GraphView, before: GraphJson, after: GraphJson): GraphView {
  const wasAtEnd = view.step === before.steps.length;
  const steps = after.steps.length;
  return {
    step: wasAtEnd ? steps : Math.min(view.step, steps),
    selection: view.selection && exists(view.selection, after) ? view.selection : null,
    open: new Set([...view.open].filter((group) => group < after.groups.length)),
    scattered: new Set([...view.scattered].filter((node) => canScatter(after, node))),
    differences: view.differences && after.nodes.some(({ check }) => check !== undefined),
  };
}

/** The most entries that are shown one by one. */
export const MOST_SCATTERED = 16;

/** Whether a node can be shown as its entries. */
export function canScatter(graph: GraphJson, node: number): boolean {
  const found = graph.nodes[node];
  if (found?.value == null || !("data" in found.value)) return false;
  return found.shape.length > 0 && found.value.data.length > 1 && found.value.data.length <= MOST_SCATTERED;
}

function exists(selection: Selection, { nodes, groups }: GraphJson): boolean {
  switch (selection.kind) {
    case "group":
      return selection.group < groups.length;
    case "node":
      return selection.node < nodes.length;
    case "edge":
      return selection.input < (nodes[selection.node]?.op?.inputs.length ?? 0);
    case "entry": {
      const shape = nodes[selection.node]?.shape;
      return shape !== undefined && selection.entry < shape.reduce((size, length) => size * length, 1);
    }
  }
}
