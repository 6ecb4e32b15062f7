/** What a picture says about a node: its gradient as far as the backward pass has come, and its labels. */

import type { GraphEdge, GraphJson, GraphNode, GraphValues } from "../graph/graph-json.ts";
import { labelText } from "../svg/label.ts";
import { toJsonNumber } from "../tensor/numbers.ts";
import { indicesAt } from "../tensor/shape.ts";
import { entryOf } from "../tex/name.ts";
import { texLabel, textLabel } from "../tex/plain.ts";

// The gradient of a node as far as the backward pass has come.

/** What is known about a gradient. */
export interface Cotangent {
  readonly values: GraphValues | null;
  /** Whether the backward pass has come here, even if no numbers are known. */
  readonly hasCome: boolean;
  /** How many of its shares have been added up, and how many there are. */
  readonly made: number;
  readonly all: number;
}

/**
 * The cotangent of a node after `step` steps: the sum of the shares that have come. Where shares are not known as
 * numbers, it is shown once all of them have come.
 */
export function cotangentAt(graph: GraphJson, node: number, step: number): Cotangent {
  return cotangentsOf(graph)(node, step);
}

/** The same for all nodes of a graph, which is read once. */
export function cotangentsOf(graph: GraphJson): (node: number, step: number) => Cotangent {
  const arrivals = arrivalsOf(graph);
  return (node, step) => {
    const { gradient } = graph.nodes[node];
    const all = arrivals[node].length;
    const come = arrivals[node].filter((arrival) => arrival.step <= step);
    const made = come.length;
    if (all === 0) {
      // The pass starts from the result, whose gradient is given; what no step reaches is there at the end.
      const isThere = node === graph.nodes.length - 1 || step >= graph.steps.length;
      return { values: isThere ? gradient : null, hasCome: isThere && graph.steps.length > 0, made, all };
    }
    if (made === all) return { values: gradient, hasCome: true, made, all };
    const values = made === 0 ? null : sumOf(come.map(({ edge }) => edge.share));
    return { values, hasCome: values !== null, made, all };
  };
}

/** The edges over which the cotangent of each node comes, with the number of steps after which it has. */
export function arrivalsOf(graph: GraphJson): readonly (readonly Arrival[])[] {
  const arrivals: Arrival[][] = graph.nodes.map(() => []);
  graph.steps.forEach(({ node, input }, k) => {
    const edge = graph.nodes[node].op?.inputs[input];
    if (edge !== undefined && "from" in edge) arrivals[edge.from].push({ step: k + 1, edge });
  });
  return arrivals;
}

/** A share of a cotangent. */
export interface Arrival {
  readonly step: number;
  readonly edge: GraphEdge;
}

function sumOf(shares: readonly (GraphValues | undefined)[]): GraphValues | null {
  const data: number[] = [];
  for (const share of shares) {
    if (share === undefined || !("data" in share)) return null;
    share.data.forEach((value, k) => {
      data[k] = (data[k] ?? 0) + Number(value);
    });
  }
  return { data: data.map(toJsonNumber) };
}

// Labels of a length that a picture has room for.

/** The most signs of a name, and of a formula in a card. */
export const LONGEST_NAME = 40;
export const LONGEST_FORMULA = 90;

/** The label, or the beginning of its text if it is too long. */
export function clipped(label: string, most: number = LONGEST_NAME): string {
  const text = labelText(label);
  if (text.length <= most) return label;
  // Scripts might be cut in two, so there are none.
  return `${Array.from(text.replace(/[_^{}]/g, " ").slice(0, 2 * most))
    .slice(0, most - 1)
    .join("")}…`;
}

// The name of an entry: z with the subscript 12 for an entry of Z.

/** The LaTeX of the name of an entry, whose position in the data is `entry`; indices count from 1. */
export function entryName({ name, label, shape }: GraphNode, entry: number): string {
  return entryOf(
    name ?? label,
    indicesAt(entry, shape).map((index) => String(index + 1)),
  );
}

/** The name of an entry, in the notation of labels. */
export function entryLabel(graph: GraphJson, node: number, entry: number): string {
  return clipped(texLabel(entryName(graph.nodes[node], entry)));
}

/** What stands on a pill, in the notation of labels: its op, or the formula of the closed group `fold`. */
export function pillLabel(graph: GraphJson, node: number, fold?: number): string {
  const label = fold === undefined ? graph.nodes[node].op?.label : graph.groups[fold].label;
  return clipped(textLabel(label ?? ""));
}

/** What stands on a closed group: its label, and how often it is repeated. */
export function groupLabel(graph: GraphJson, group: number): string {
  const { label: whole, repeats } = graph.groups[group];
  const label = clipped(whole);
  return repeats === undefined ? label : `${label} ×${repeats}`;
}
