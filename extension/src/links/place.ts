/** Where an entry stands, and with which others it belongs together. */

/** A position along an axis: its names, of which the last one may have two, as in 3 and last. */
export interface Place {
  readonly axis: string;
  readonly labels: readonly string[];
}

/**
 * Whether two entries belong together: they share an axis, and stand at the same position along each that they share.
 *
 * @example
 * // z₁₂ and x₁₃ in Z = X W share the rows of X
 * areLinked([{ axis: "i", labels: ["1"] }], [{ axis: "i", labels: ["1"] }, { axis: "k", labels: ["3"] }]) // true
 */
export function areLinked(a: readonly Place[], b: readonly Place[]): boolean {
  const shared = a.flatMap((place) => {
    const other = b.find(({ axis }) => axis === place.axis);
    return other === undefined ? [] : [place.labels.some((label) => other.labels.includes(label))];
  });
  return shared.length > 0 && shared.every((isSame) => isSame);
}
