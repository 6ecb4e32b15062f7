/** The graphs that one output has shown, one after the other, and the view as it is carried over to the next. */
import { canScatter, type GraphJson, type GraphView, type Selection } from "gradbook/graph";

/** So many are kept: a minute of a loop that shows one each second. */
const MOST_UPDATES = 60;

/** A graph and the place it had in the row, from 1. */
export interface Update {
  readonly number: number;
  readonly graph: GraphJson;
}

/** The row with `graph` at its end; the oldest leave it. */
export function withUpdate(updates: readonly Update[], graph: GraphJson): readonly Update[] {
  const number = (updates.at(-1)?.number ?? 0) + 1;
  return [...updates, { number, graph }].slice(-MOST_UPDATES);
}

/** The update with this number, or the oldest that is kept where it has gone. */
export function updateAt(updates: readonly Update[], number: number): Update {
  return updates.find((update) => update.number >= number) ?? updates[updates.length - 1];
}

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
