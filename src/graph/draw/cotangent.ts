/** The gradient of a node as far as the backward pass has come. */

import { toJsonNumber } from "../../json-numbers.ts";
import type { GraphEdge, GraphJson, GraphValues } from "../graph-json.ts";

/** What is known of a gradient. */
export interface Cotangent {
  readonly values: GraphValues | null;
  /** Whether the backward pass has come here, also where no numbers are known. */
  readonly hasCome: boolean;
  /** How many of the shares it is the sum of are in it, and how many there are. */
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
      // The pass starts from the result, whose gradient is given; what no step reaches is there at its end.
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
