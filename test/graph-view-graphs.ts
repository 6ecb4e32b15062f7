/** Graphs to look at, as the library makes them. */
import { type GraphJson, readGraph } from "../src/graph/index.ts";
import { add, exp, graph, matmul, mul, sigmoid, sum, tensor } from "../src/index.ts";

/** J = sum(sigmoid(X W)) after its backward pass: the sketch of the view. */
export function sketch(w11 = 1): GraphJson {
  const X = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]).as("X");
  const W = tensor([
    [w11, 0],
    [0.5, -1],
    [0, 2],
  ]).as("W");
  const J = sum(sigmoid(matmul(X, W).as("Z")).as("Y")).as("J");
  J.backward();
  return made(graph(J));
}

/** A vector that reaches the result on five paths. */
export function branching(): GraphJson {
  const x = tensor([1, 2]).as("x");
  const y = mul(x, x).as("y");
  const z = add(y, exp(x)).as("z");
  const J = sum(mul(z, y)).as("J");
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
