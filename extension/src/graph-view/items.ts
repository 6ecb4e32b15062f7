/** What a person meets who walks through a graph: nodes, and groups that are closed. */
import type { GraphJson } from "gradbook/graph";

/** A node or a closed group. */
export type Item =
  | { readonly kind: "node"; readonly node: number }
  | { readonly kind: "group"; readonly group: number };

/** The items of a graph and who is connected with whom, each list in the order of the operands. */
export interface Items {
  /** In the order in which they were computed. */
  readonly all: readonly Item[];
  readonly before: ReadonlyMap<string, readonly Item[]>;
  readonly after: ReadonlyMap<string, readonly Item[]>;
}

/** Tells items apart. */
export function itemKey(item: Item): string {
  return item.kind === "node" ? `n${item.node}` : `g${item.group}`;
}

/** The item as which a node is seen. */
export function itemOf(graph: GraphJson, node: number, open: ReadonlySet<number>): Item {
  const group = closedGroupOf(graph, node, open);
  return group === null ? { kind: "node", node } : { kind: "group", group };
}

/** The items that are visible while the groups in `open` are open. */
export function itemsOf(graph: GraphJson, open: ReadonlySet<number>): Items {
  const all = new Map<string, Item>();
  const before = new Map<string, Map<string, Item>>();
  const after = new Map<string, Map<string, Item>>();
  for (const [index, { op }] of graph.nodes.entries()) {
    const item = itemOf(graph, index, open);
    all.set(itemKey(item), item);
    for (const input of op?.inputs ?? []) {
      if (!("from" in input)) continue;
      const operand = itemOf(graph, input.from, open);
      if (itemKey(operand) === itemKey(item)) continue;
      add(before, itemKey(item), operand);
      add(after, itemKey(operand), item);
    }
  }
  return { all: [...all.values()], before: lists(before), after: lists(after) };
}

function add(map: Map<string, Map<string, Item>>, key: string, item: Item): void {
  const items = map.get(key) ?? new Map<string, Item>();
  map.set(key, items.set(itemKey(item), item));
}

function lists(map: Map<string, Map<string, Item>>): Map<string, readonly Item[]> {
  return new Map(Array.from(map, ([key, items]) => [key, [...items.values()]]));
}

/** Nobody reads more boxes than this, and no page moves them smoothly. */
export const MOST_VISIBLE = 500;

/** The groups that a node lies in, from the innermost. */
export function groupsAround({ groups }: GraphJson, innermost: number | undefined): number[] {
  const around: number[] = [];
  for (let group = innermost; group !== undefined; group = groups[group].parent) around.push(group);
  return around;
}

/** The outermost closed group around a node, as which it is seen; `null` where it is seen itself. */
function closedGroupOf(graph: GraphJson, node: number, open: ReadonlySet<number>): number | null {
  return groupsAround(graph, graph.nodes[node].group).findLast((group) => !open.has(group)) ?? null;
}

/** The number of the next step, or of the one before, whose gradient is seen: those within closed groups are passed over. */
export function stepFrom(graph: GraphJson, step: number, by: number, open: ReadonlySet<number>): number {
  const isSeen = (at: number): boolean => {
    const made = graph.steps[at - 1];
    const operand = made && graph.nodes[made.node].op?.inputs[made.input];
    return operand === undefined || !("from" in operand) || closedGroupOf(graph, operand.from, open) === null;
  };
  const last = graph.steps.length;
  let at = Math.min(Math.max(step + by, 0), last);
  while (at > 0 && at < last && !isSeen(at)) at += Math.sign(by);
  return at;
}

/** How many nodes and closed groups are visible. */
export function visibleCount(graph: GraphJson, open: ReadonlySet<number>): number {
  const closed = new Set<number>();
  let alone = 0;
  for (const node of graph.nodes.keys()) {
    const group = closedGroupOf(graph, node, open);
    if (group === null) alone += 1;
    else closed.add(group);
  }
  return alone + closed.size;
}
