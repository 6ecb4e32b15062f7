/** Tensor outputs as a saved notebook holds them. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { tensorMimeType } from "../../extension/src/tensor/tensor-data.ts";
import { type Tensor, tensor } from "../../src/index.ts";

/** The output of a cell that ends with `x`. */
export function outputOf(x: Tensor): IMimeBundle {
  // The display protocol is a method by symbol, which every tensor has and its type leaves out.
  const displayable = x as unknown as Record<symbol, () => IMimeBundle>;
  return displayable[Symbol.for("Jupyter.display")]();
}

/** The output of X = (1 -2; 3 0.5) after someone changed its data. */
export function changedOutput(change: Record<string, unknown>): IMimeBundle {
  const output = outputOf(tensor([[1, -2], [3, 0.5]], { name: "X" })); // biome-ignore format: a matrix
  return { ...output, [tensorMimeType]: { ...Object(output[tensorMimeType]), ...change } };
}
