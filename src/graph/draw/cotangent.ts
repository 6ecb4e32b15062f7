/** The gradient of a node as far as the backward pass has come. */

import type { GraphEdge, GraphJson, GraphValues } from "../graph-json.ts";

/** What is known of a gradient. */
export interface Cotangent {
  readonly values: GraphValues | null;
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
  const arrivals: { at: number; edge: GraphEdge }[][] = graph.nodes.map(() => []);
  graph.steps.forEach(({ node, input }, at) => {
    const edge = graph.nodes[node].op?.inputs[input];
    if (edge !== undefined && "from" in edge) arrivals[edge.from].push({ at, edge });
  });
  return (node, step) => {
    const { gradient } = graph.nodes[node];
    const all = arrivals[node].length;
    const come = arrivals[node].filter(({ at }) => at < step);
    const made = come.length;
    if (all === 0) {
      // The pass starts from the result, whose gradient is given; what no step reaches is there at its end.
      const isThere = node === graph.nodes.length - 1 || step >= graph.steps.length;
      return { values: isThere ? gradient : null, made, all };
    }
    if (made === all) return { values: gradient, made, all };
    return { values: made === 0 ? null : sumOf(come.map(({ edge }) => edge.share)), made, all };
  };
}

/** How many states the cotangent of a node goes through, by the steps after which it is another. */
export function arrivalsOf(graph: GraphJson): readonly (readonly number[])[] {
  const arrivals: number[][] = graph.nodes.map(() => []);
  graph.steps.forEach(({ node, input }, at) => {
    const edge = graph.nodes[node].op?.inputs[input];
    if (edge !== undefined && "from" in edge) arrivals[edge.from].push(at + 1);
  });
  return arrivals;
}

function sumOf(shares: readonly (GraphValues | undefined)[]): GraphValues | null {
  const data: number[] = [];
  for (const share of shares) {
    if (share === undefined || !("data" in share)) return null;
    share.data.forEach((value, k) => {
      data[k] = (data[k] ?? 0) + Number(value);
    });
  }
  return {
    data: data.map((value) =>
      Number.isFinite(value) ? value : (String(value) as "NaN" | "Infinity" | "-Infinity"),
    ), // what a number that is not finite is called
  };
}
