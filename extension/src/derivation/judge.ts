/** Where to ask whether a formula that a reader has typed holds. */
import { Token } from "@lumino/coreutils";

/** What became of a claim. */
export interface Judgement {
  /** null where it cannot be said. */
  readonly holds: boolean | null;
  /** The kernel's own words. */
  readonly message: string;
}

/**
 * Asks the kernel of the notebook in which `node` stands whether `left = right` holds in its session. Rejects with a
 * sentence for the reader where it cannot be asked.
 */
export type Judge = (node: HTMLElement, claim: string) => Promise<Judgement>;

/** Provided where there are notebooks; without it a prediction is only revealed. */
export const IJudge: Token<Judge> = new Token<Judge>(
  "@gradbook/jupyterlab:IJudge",
  "Asks a kernel whether a formula holds",
);
