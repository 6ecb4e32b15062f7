/** What is visible of a graph: cards, pills, boxes of closed groups, frames of open ones, and the links between them. */

import { operandsOf } from "../graph/entry-paths.ts";
import type { GraphEdge, GraphInput, GraphJson, GraphView } from "../graph/graph-json.ts";
import type { JsonNumber } from "../tensor/numbers.ts";
import { sizeOf } from "../tensor/shape.ts";

/** What is visible of a graph. */
export interface Visible {
  readonly graph: GraphJson;
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  /** Whether central differences stand below the gradients. */
  readonly differences: boolean;
}

/** Something that has a place: `key` stays the same as long as it is visible, whatever opens or closes around it. */
export type Item = CardItem | PillItem | GroupItem | FrameItem | EntryItem;

interface Placed {
  readonly key: string;
  /** The key of the innermost frame around it. */
  readonly frame: string | null;
}

/** A tensor; key `n3`. */
export interface CardItem extends Placed {
  readonly kind: "card";
  readonly node: number;
}

/** The op of a node; key `o3`. */
export interface PillItem extends Placed {
  readonly kind: "pill";
  readonly node: number;
  /** The positions of the operands that are nodes: one for each link that comes in. */
  readonly inputs: readonly number[];
  /** The closed group whose formula it shows, in place of its own op. */
  readonly fold?: number;
}

/** A closed group; key `g2`. */
export interface GroupItem extends Placed {
  readonly kind: "group";
  readonly group: number;
  /** The nodes in it, and in the groups in it. */
  readonly nodes: readonly number[];
}

/** What is around the items of an open group, key `g2`, or around the entries of a scattered node, key `n3`. */
export interface FrameItem extends Placed {
  readonly kind: "frame";
  readonly group: number | null;
  readonly node: number | null;
}

/** An entry of a scattered node; key `e3:5`. */
export interface EntryItem extends Placed {
  readonly kind: "entry";
  readonly node: number;
  readonly entry: number;
}

/** A way of values from one item to another, and of gradients back. */
export interface Link {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** The edges that go this way; those of all operands between a pill and its card. */
  readonly edges: readonly EdgeAt[];
  /** Between a pill and its card. */
  readonly isResult: boolean;
  /** The derivative of an entry by an entry. */
  readonly derivative?: JsonNumber;
}

/** The edge to input number `input` of `node`. */
export interface EdgeAt {
  readonly node: number;
  readonly input: number;
}

/** The most entries that a node may have to be shown as its entries. */
export const MOST_SCATTERED = 36;

/** Finds what is visible. */
export function visibleGraph(graph: GraphJson, view: GraphView): Visible {
  const outside = outsideOf(graph, view.open);
  const isScattered = (node: number): boolean =>
    view.scattered.has(node) &&
    outside.closedAround(graph.nodes[node].group) === null &&
    canScatter(graph, node);
  const items = [...groupItems(graph, view, outside), ...nodeItems(graph, outside, isScattered)];
  return { graph, items, links: linksBetween(graph, outside, isScattered), differences: view.differences };
}

/** Whether a node can be shown as its entries, one by one. */
export function canScatter(graph: GraphJson, node: number): boolean {
  const { shape, value } = graph.nodes[node];
  const size = sizeOf(shape);
  return value !== null && "data" in value && shape.length > 0 && size > 0 && size <= MOST_SCATTERED;
}

/** Whether an operand is a node, rather than a number that stands in the formula. */
export function isEdge(input: GraphInput): input is GraphEdge {
  return "from" in input;
}

function groupItems(graph: GraphJson, view: GraphView, outside: Outside): Item[] {
  return graph.groups.flatMap(({ parent, into }, group): Item[] => {
    // A formula stands on the pill of what it computes.
    if (outside.closedAround(parent) !== null || into !== undefined) return [];
    const nodes = outside.nodesIn(group);
    if (nodes.length === 0) return [];
    const place = { key: `g${group}`, frame: parent === undefined ? null : `g${parent}` };
    return view.open.has(group)
      ? [{ ...place, kind: "frame", group, node: null }]
      : [{ ...place, kind: "group", group, nodes }];
  });
}

function nodeItems(graph: GraphJson, outside: Outside, isScattered: (node: number) => boolean): Item[] {
  const folds = new Map(
    graph.groups.flatMap(({ into }, group) =>
      into !== undefined && outside.closedAround(group) === group ? [[into, group] as const] : [],
    ),
  );
  return graph.nodes.flatMap(({ op, group, shape }, node): Item[] => {
    if (outside.closedAround(group) !== null) return [];
    // An open formula has no frame: its parts stand where all others do.
    const around =
      group !== undefined && graph.groups[group].into !== undefined ? graph.groups[group].parent : group;
    const frame = around === undefined ? null : `g${around}`;
    const key = `n${node}`;
    if (isScattered(node)) {
      const entries = Array.from({ length: sizeOf(shape) }, (_, entry): Item => {
        return { kind: "entry", key: `e${node}:${entry}`, frame: key, node, entry };
      });
      return [{ kind: "frame", key, frame, group: null, node }, ...entries];
    }
    const card: Item = { kind: "card", key, frame, node };
    return op === null
      ? [card]
      : [
          { kind: "pill", key: `o${node}`, frame, node, inputs: inputsOf(op.inputs), ...foldOf(folds, node) },
          card,
        ];
  });
}

function foldOf(folds: ReadonlyMap<number, number>, node: number): Pick<PillItem, "fold"> {
  const fold = folds.get(node);
  return fold === undefined ? {} : { fold };
}

function inputsOf(inputs: readonly GraphInput[]): number[] {
  return inputs.flatMap((input, k) => (isEdge(input) ? [k] : []));
}

/** The most operands from the same item that each have a place of their own at the pill. */
const MOST_PLACES = 8;

/**
 * The links, those between the same two items as one, except into a pill, where each operand has its place unless too
 * many come from the same item.
 */
function linksBetween(graph: GraphJson, outside: Outside, isScattered: (node: number) => boolean): Link[] {
  const links = new Map<string, Link>();
  const add = (link: Link): void => {
    const known = links.get(link.key);
    links.set(link.key, known ? { ...known, edges: [...known.edges, ...link.edges] } : link);
  };
  /** The item that stands for a closed group: the pill of what a formula computes, or a box. */
  const targetOf = (group: number): string => {
    const { into } = graph.groups[group];
    return into === undefined ? `g${group}` : `o${into}`;
  };
  const ends = (node: number): readonly string[] => {
    const group = outside.closedAround(graph.nodes[node].group);
    if (group !== null) return [targetOf(group)];
    if (!isScattered(node)) return [`n${node}`];
    return Array.from({ length: sizeOf(graph.nodes[node].shape) }, (_, entry) => `e${node}:${entry}`);
  };
  graph.nodes.forEach((result, node) => {
    if (result.op === null) return;
    const group = outside.closedAround(result.group);
    const edges = inputsOf(result.op.inputs).map((input) => ({ node, input }));
    if (group === null && !isScattered(node)) {
      add({ key: `o${node}>n${node}`, from: `o${node}`, to: `n${node}`, edges, isResult: true });
    }
    const counts = new Map<string, number>();
    for (const { input } of edges) {
      const operand = result.op.inputs[input] as GraphEdge; // inputsOf leaves out everything else
      for (const from of ends(operand.from)) counts.set(from, (counts.get(from) ?? 0) + 1);
    }
    for (const edge of edges) {
      const operand = result.op.inputs[edge.input] as GraphEdge; // inputsOf leaves out everything else
      if (group !== null) {
        const to = targetOf(group);
        const isFormula = to.startsWith("o");
        for (const from of ends(operand.from)) {
          const key = isFormula ? `${from}>${to}.${node}.${edge.input}` : `${from}>${to}`;
          if (from !== to) add({ key, from, to, edges: [edge], isResult: false });
        }
      } else if (isScattered(node)) {
        scatteredLinks(graph, edge, operand, isScattered(operand.from), ends).forEach(add);
      } else {
        for (const from of ends(operand.from)) {
          if (from === `o${node}`) continue; // within its own formula
          const isCrowded = (counts.get(from) ?? 0) > MOST_PLACES;
          const key = isCrowded ? `${from}>o${node}` : `${from}>o${node}.${edge.input}`;
          add({ key, from, to: `o${node}`, edges: [edge], isResult: false });
        }
      }
    }
  });
  return [...links.values()];
}

/** The links into the entries of a node: from the entries they depend on, or from the operand as a whole. */
function scatteredLinks(
  graph: GraphJson,
  edge: EdgeAt,
  { from, jacobian }: GraphEdge,
  isOperandScattered: boolean,
  ends: (node: number) => readonly string[],
): Link[] {
  const columns = sizeOf(graph.nodes[from].shape);
  const link = (start: string, to: string): Link => {
    return { key: `${start}>${to}.${edge.input}`, from: start, to, edges: [edge], isResult: false };
  };
  return ends(edge.node).flatMap((to, row) => {
    if (!isOperandScattered) return ends(from).map((start) => link(start, to));
    return operandsOf(graph, edge.node, edge.input, row).map((column) => {
      const derivative = jacobian?.[row * columns + column];
      const entries = link(`e${from}:${column}`, to);
      return derivative === undefined ? entries : { ...entries, derivative };
    });
  });
}

// What is seen of groups from outside: which closed one hides a node, and what is in it.

/** Answers about groups, some of which are open. */
export interface Outside {
  /** The outermost closed group among this one and those it lies in. */
  readonly closedAround: (group: number | undefined) => number | null;
  /** The nodes in a group, and in the groups in it. */
  readonly nodesIn: (group: number) => readonly number[];
}

/** Looks at the groups of a graph once. */
export function outsideOf(graph: GraphJson, open: ReadonlySet<number>): Outside {
  // Each group comes after the one it lies in, so that one pass is enough.
  const closed: (number | null)[] = [];
  graph.groups.forEach(({ parent }, group) => {
    const around = parent === undefined ? null : closed[parent];
    closed.push(around ?? (open.has(group) ? null : group));
  });
  const members: number[][] = graph.groups.map(() => []);
  graph.nodes.forEach(({ group }, node) => {
    for (let at = group; at !== undefined; at = graph.groups[at].parent) members[at].push(node);
  });
  return {
    closedAround: (group) => (group === undefined ? null : closed[group]),
    nodesIn: (group) => members[group],
  };
}

// Things by what they have in common.

/** The things of each key, in their order. */
export function groupedBy<T, K>(things: readonly T[], keyOf: (thing: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}
