/** A walk through a graph by the keyboard: where each key leads from what is selected. */
import { type GraphJson, type GraphView, indicesAt, type Selection, sizeOf } from "gradbook/graph";
import { positionOf } from "./entries.ts";
import { type Item, itemKey, itemOf, itemsOf } from "./items.ts";

/** A direction: right is with the data, left against it. */
export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

/** What is selected after a step in `direction`; the same where there is nothing further. */
export function moved(graph: GraphJson, view: GraphView, direction: Direction): Selection | null {
  const { selection } = view;
  if (selection?.kind === "entry") return movedEntry(graph, selection, direction);
  const items = itemsOf(graph, view.open);
  if (direction === "first") return items.all[0] ?? null;
  // Without a selection the walk starts at the result: that is what the graph is of.
  if (selection === null || direction === "last") return items.all.at(-1) ?? null;
  if (selection.kind === "edge") return movedFromEdge(graph, view, selection, direction);
  const key = itemKey(selection);
  if (direction === "left") return items.before.get(key)?.[0] ?? selection;
  if (direction === "right") return items.after.get(key)?.[0] ?? selection;
  return sibling(items.before, items.after, selection, direction === "up" ? -1 : 1) ?? selection;
}

/** What Enter leads into, seen from a node: its first entry; `null` where it has no entries to enter. */
export function entered({ nodes }: GraphJson, selection: Selection): Selection | null {
  if (selection.kind !== "node") return null;
  const { value } = nodes[selection.node];
  const canEnter = value !== null && "data" in value && value.data.length > 0;
  return canEnter ? { kind: "entry", node: selection.node, entry: 0 } : null;
}

/** What Escape leads back to: from an entry to its node, from an edge to its result, then to nothing. */
export function left(selection: Selection | null): Selection | null {
  return selection?.kind === "entry" || selection?.kind === "edge"
    ? { kind: "node", node: selection.node }
    : null;
}

/** The next edge in the order of the computation, or the one before; after the last comes the first. */
export function nextEdge(graph: GraphJson, view: GraphView, step: 1 | -1): Selection | null {
  const edges = graph.nodes.flatMap(({ op }, node) =>
    itemOf(graph, node, view.open).kind === "group"
      ? []
      : (op?.inputs ?? []).flatMap((input, i) =>
          "from" in input ? [{ kind: "edge", node, input: i } as const] : [],
        ),
  );
  if (edges.length === 0) return null;
  const { selection } = view;
  const at =
    selection?.kind === "edge"
      ? edges.findIndex(({ node, input }) => node === selection.node && input === selection.input)
      : selection === null || selection.kind === "group"
        ? -1
        : edges.findIndex(({ node }) => node === selection.node) - (step === 1 ? 1 : 0);
  return edges[(at + step + edges.length) % edges.length];
}

function movedFromEdge(
  graph: GraphJson,
  view: GraphView,
  { node, input }: { readonly node: number; readonly input: number },
  direction: Direction,
): Selection | null {
  const operand = graph.nodes[node].op?.inputs[input];
  if (direction === "left")
    return operand && "from" in operand ? itemOf(graph, operand.from, view.open) : null;
  if (direction === "right") return itemOf(graph, node, view.open);
  return nextEdge(graph, view, direction === "up" ? -1 : 1);
}

/** The neighbour among the operands of the same result, or else among the results of the same operand. */
function sibling(
  before: ReadonlyMap<string, readonly Item[]>,
  after: ReadonlyMap<string, readonly Item[]>,
  item: Item,
  step: 1 | -1,
): Item | null {
  const key = itemKey(item);
  const rows = [
    ...(after.get(key) ?? []).map((result) => before.get(itemKey(result)) ?? []),
    ...(before.get(key) ?? []).map((operand) => after.get(itemKey(operand)) ?? []),
  ];
  for (const row of rows) {
    const found = row[row.findIndex((one) => itemKey(one) === key) + step];
    if (found !== undefined) return found;
  }
  return null;
}

/** In a matrix the arrows go along rows and columns; a vector stands as a column. */
function movedEntry(
  { nodes }: GraphJson,
  selection: { readonly kind: "entry"; readonly node: number; readonly entry: number },
  direction: Direction,
): Selection {
  const { shape } = nodes[selection.node];
  const size = sizeOf(shape);
  if (direction === "first") return { ...selection, entry: 0 };
  if (direction === "last") return { ...selection, entry: size - 1 };
  const indices = indicesAt(selection.entry, shape);
  const axis =
    shape.length === 1 || direction === "left" || direction === "right" ? shape.length - 1 : shape.length - 2;
  const isAcross = shape.length === 1 && (direction === "left" || direction === "right");
  if (axis < 0 || isAcross) return selection;
  const step = direction === "left" || direction === "up" ? -1 : 1;
  const moved = indices.with(axis, Math.min(Math.max(indices[axis] + step, 0), shape[axis] - 1));
  return { ...selection, entry: positionOf(moved, shape) };
}
