/** Where to ask for the whole of a matrix that its output shows in part. */
import { Token } from "@lumino/coreutils";
import type { JsonNumber } from "gradbook/graph";

/**
 * Asks the kernel of the notebook in which `node` stands for all entries of a tensor, the last axis running fastest.
 * Rejects with a sentence for the reader where they cannot be had.
 */
export type WholeMatrix = (node: HTMLElement, tensor: string) => Promise<readonly JsonNumber[]>;

/** Provided where there are notebooks; without it a matrix is whole only where its output has all entries. */
export const IWholeMatrix: Token<WholeMatrix> = new Token<WholeMatrix>(
  "@gradbook/jupyterlab:IWholeMatrix",
  "Asks a kernel for all entries of a tensor",
);
