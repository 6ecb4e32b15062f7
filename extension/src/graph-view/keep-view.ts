/** The view of a graph carried over to the graph that takes its place. */
import { canScatter, type GraphJson, type GraphView, type Selection } from "gradbook/graph";

/** `view` of `before` as a view of `after`: what still exists stays as it was. */
export function keptView(view: GraphView, before: GraphJson, after: GraphJson): GraphView {
  const wasAtEnd = view.step === before.steps.length;
  const steps = after.steps.length;
  return {
    step: wasAtEnd ? steps : Math.min(view.step, steps),
    selection: view.selection && exists(view.selection, after) ? view.selection : null,
    open: new Set([...view.open].filter((group) => group < after.groups.length)),
    scattered: new Set(
      [...view.scattered].filter((node) => node < after.nodes.length && canScatter(after, node)),
    ),
    differences: view.differences && after.nodes.some(({ check }) => check !== undefined),
  };
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
