/** How much a graph says of each tensor, so that it fits into a notebook. */

/** The most entries of each kind that are written out, and what is said of a tensor with more. */
export interface Detail {
  readonly entries: number;
  readonly share: number;
  readonly jacobian: number;
  /** Whether a tensor with more entries is summed up. */
  readonly summaries: boolean;
  /** Whether ops and derivatives are there as formulas, and can be made again. */
  readonly formulas: boolean;
}

const LEVELS: readonly (Detail & { readonly nodes: number })[] = [
  { nodes: 80, entries: 400, share: 400, jacobian: 1024, summaries: true, formulas: true },
  { nodes: 200, entries: 144, share: 144, jacobian: 256, summaries: true, formulas: true },
  { nodes: 300, entries: 64, share: 36, jacobian: 36, summaries: true, formulas: true },
  { nodes: 500, entries: 16, share: 9, jacobian: 0, summaries: true, formulas: true },
  { nodes: 1200, entries: 9, share: 0, jacobian: 0, summaries: false, formulas: false },
  { nodes: Number.POSITIVE_INFINITY, entries: 1, share: 0, jacobian: 0, summaries: false, formulas: false },
];

/** The levels worth trying for so many tensors, the most detailed first. */
export function levelsFor(nodes: number): readonly Detail[] {
  return LEVELS.filter((level) => nodes <= level.nodes);
}
