/** Graph outputs as the library makes them, for notebooks that were run before. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { GRAPH_MIME } from "../../src/graph/index.ts";
import { add, exp, graph, matmul, mul, sigmoid, sum, type Tensor, tensor } from "../../src/index.ts";

/** The output of `graph(J)` for J = sum(sigmoid(X W)). */
export function sketchOutput(): Promise<IMimeBundle> {
  const X = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]).as("X");
  const W = tensor([
    [1, 0],
    [0.5, -1],
    [0, 2],
  ]).as("W");
  return outputOf(sum(sigmoid(matmul(X, W).as("Z")).as("Y")).as("J"));
}

/** The output for a vector that reaches the result on five paths. */
export function branchingOutput(): Promise<IMimeBundle> {
  const x = tensor([1, 2]).as("x");
  const y = mul(x, x).as("y");
  return outputOf(sum(mul(add(y, exp(x)).as("z"), y)).as("J"));
}

/** The output for the graph of `J` after its backward pass. */
export async function outputOf(J: Tensor): Promise<IMimeBundle> {
  J.backward();
  // JSON through and through, as its type says field by field.
  return JSON.parse(JSON.stringify(await graph(J).toMimeBundle()));
}

/** The output of `graph()` after a product whose shapes did not fit. */
export async function failedOutput(): Promise<IMimeBundle> {
  const X = tensor([[1, -2, 0]]).as("X");
  try {
    matmul(exp(X), tensor([[1, 2]]).as("B") as never);
  } catch (error) {
    return JSON.parse(JSON.stringify(await graph(error as Error).toMimeBundle()));
  }
  throw new Error("These shapes should not fit");
}

/** An output of ours with other data in it. */
export function graphOutput(json: unknown): IMimeBundle {
  return { [GRAPH_MIME]: JSON.parse(JSON.stringify(json)), "text/plain": "J = sum(Y)" };
}
