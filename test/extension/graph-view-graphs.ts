/** Graphs to look at, as the library makes them. */

import { graph, type Tensor } from "../../src/index.ts";
import { type GraphJson, readGraph } from "../../src/picture/index.ts";
import { branchingResult, sketchTensors } from "../graph/examples.ts";

/** J = sum(sigmoid(X W)) after its backward pass: the sketch of the view. */
export function sketch(w11 = 1): GraphJson {
  return backward(sketchTensors(w11).J);
}

/** A vector that reaches the result on five paths. */
export function branching(): GraphJson {
  return backward(branchingResult());
}

function backward(J: Tensor): GraphJson {
  J.backward();
  return made(graph(J));
}

/** Read as a notebook's output is, so that views see what they get there. */
export function made(graphs: { toJSON(): GraphJson }): GraphJson {
  return readGraph(JSON.parse(JSON.stringify(graphs.toJSON())));
}

/** The position of the node called `label`. */
export function nodeOf({ nodes }: GraphJson, label: string): number {
  return nodes.findIndex((node) => node.label === label);
}
