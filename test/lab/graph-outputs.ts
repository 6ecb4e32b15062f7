/** Graph outputs as the library makes them, for notebooks that were run before. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { exp, graph, matmul, type Tensor, tensor } from "../../src/index.ts";
import { GRAPH_MIME } from "../../src/picture/index.ts";
import { branchingResult, sketchTensors } from "../graph/examples.ts";

/** The output of `graph(J)` for J = sum(sigmoid(X W)). */
export function sketchOutput(): Promise<IMimeBundle> {
  return outputOf(sketchTensors().J);
}

/** The output for a vector that reaches the result on five paths. */
export function branchingOutput(): Promise<IMimeBundle> {
  return outputOf(branchingResult());
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
