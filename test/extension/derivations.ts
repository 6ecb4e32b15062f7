/** Derivations as saved notebooks hold them. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { derivationMimeType } from "../../extension/src/derivation/derivation-mime-type.ts";
import { explain, matmul, sigmoid, sum, Tensor, tensor } from "../../src/index.ts";
import { internals } from "../../src/tensor/tensor.ts";

const X = tensor([[1, -2, 0], [3, 0.5, -1]]).as("X"); // biome-ignore format: a matrix
const W = tensor([[1, 0], [0.5, -1], [0, 2]]).as("W"); // biome-ignore format: a matrix

/** Y = σ(X), entry by entry. */
export function elementwiseDerivation(): IMimeBundle {
  const Y = sigmoid(X).as("Y");
  Y.backward(tensor([[1, 0.5, -1], [2, -0.25, 4]])); // biome-ignore format: a matrix
  return bundle(explain(Y));
}

/** Z = X W, with the gradients of both. */
export function productDerivation(): IMimeBundle {
  const Z = matmul(X, W).as("Z");
  sum(sigmoid(Z).as("Y")).as("J").backward();
  return bundle(explain(Z));
}

/** A whole computation: four gradients. */
export function wholeDerivation(): IMimeBundle {
  const J = sum(sigmoid(matmul(X, W).as("Z")).as("Y")).as("J");
  return bundle(explain(J, { whole: true }));
}

/** A sigmoid whose local derivative is said to be 2. */
export function wrongDerivation(): IMimeBundle {
  const Y = sigmoid(X);
  const node = internals.nodeOf(Y);
  if (node === null) throw new Error("A result has a node");
  const op = { ...node.op, local: () => 2 };
  return bundle(explain(new Tensor(Y.shape, Y.data, { ...node, op }).as("Y")));
}

/** The derivation of Y = σ(X) after someone changed its data. */
export function changedDerivation(change: Record<string, unknown>): IMimeBundle {
  const output = elementwiseDerivation();
  return { ...output, [derivationMimeType]: { ...Object(output[derivationMimeType]), ...change } };
}

function bundle(derivation: { toMimeBundle(): Readonly<Record<string, unknown>> }): IMimeBundle {
  return JSON.parse(JSON.stringify(derivation.toMimeBundle()));
}
