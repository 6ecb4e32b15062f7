/** Which gradients the backward pass has reached. */
import type { GraphJson } from "gradbook/graph";

/** The step after which the gradient of each node is complete: 0 for the result, `null` where no step leads there. */
export function stepsOfArrival(graph: GraphJson): readonly (number | null)[] {
  const arrivals = graph.nodes.map((_, node): number | null =>
    node === graph.nodes.length - 1 && graph.steps.length > 0 ? 0 : null,
  );
  for (const [index, { node, input }] of graph.steps.entries()) {
    const operand = graph.nodes[node].op?.inputs[input];
    if (operand !== undefined && "from" in operand) arrivals[operand.from] = index + 1;
  }
  return arrivals;
}

/** Whether the gradient of `node` is there after `step` steps. */
export function isReached(graph: GraphJson, node: number, step: number): boolean {
  const arrival = stepsOfArrival(graph)[node];
  return graph.nodes[node].gradient !== null && arrival !== null && arrival <= step;
}
