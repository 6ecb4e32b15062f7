/** Room for a panel at the side of the window. */
import { SplitPanel, type Widget } from "@lumino/widgets";

/** Below this, in pixels, a side has the width that shells give it at first, and nobody has chosen it. */
const untouched = 300;

/**
 * Widens the side in which `panel` stands to `width` pixels, though never beyond half the window, unless a person has
 * given it a width. Each shell divides its window by a split panel, which gives and takes by shares.
 */
export function widenSide(panel: Widget, width: number): void {
  let side = panel;
  while (side.parent !== null && !(side.parent instanceof SplitPanel)) side = side.parent;
  const split = side.parent;
  if (!(split instanceof SplitPanel) || split.orientation !== "horizontal") return;

  // A side that opens just now gets its size with the next messages.
  requestAnimationFrame(() => {
    if (split.isDisposed || !panel.isVisible) return;
    const shares = split.relativeSizes();
    const own = split.widgets.indexOf(side);
    const isUntouched = shares[own] * split.node.offsetWidth < untouched;
    const wanted = Math.min(width / split.node.offsetWidth, 0.5);
    if (!isUntouched || shares[own] >= wanted) return;
    // What the others had in proportion to each other, they keep.
    const rest = (1 - wanted) / (1 - shares[own]);
    split.setRelativeSizes(shares.map((share, index) => (index === own ? wanted : share * rest)));
  });
}
