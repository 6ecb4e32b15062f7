/** Where outputs ask the kernel of the notebook in which they stand. */
import { Token } from "@lumino/coreutils";
import type { Question } from "../kernel-link/comm-requests.ts";

/**
 * Asks the kernel of the notebook in which `node` stands; rejects with a sentence for the reader where there is none, or
 * where it cannot answer.
 */
export type Ask = (node: HTMLElement, question: Question) => Promise<Readonly<Record<string, unknown>>>;

/** Provided where there are notebooks; without it outputs are what they were when they were saved. */
export const IAsk: Token<Ask> = new Token<Ask>(
  "@gradbook/jupyterlab:IAsk",
  "Asks the kernel of a notebook about what it has shown",
);
