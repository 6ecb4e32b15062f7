/** Who can be asked for the whole of a matrix that its output shows in part. */
import { Token } from "@lumino/coreutils";

/**
 * Asks the kernel of the notebook in which `node` stands for all entries of its tensor, in LaTeX; `null` where no
 * kernel has that tensor.
 */
export type WholeMatrix = (node: HTMLElement, tensor: string) => Promise<{ readonly tex: string } | null>;

/** Provided by whoever speaks with the kernels; without it a matrix is whole only where its output has all entries. */
export const IWholeMatrix: Token<WholeMatrix> = new Token<WholeMatrix>(
  "@gradbook/jupyterlab:IWholeMatrix",
  "Asks a kernel for all entries of a tensor",
);
