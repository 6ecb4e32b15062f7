/** Room for a panel at the side of the window. */
import { SplitPanel, type Widget } from "@lumino/widgets";

/** Below this, in pixels, a side has the width that shells give it at first: nobody has chosen it. */
const untouched = 300;

/**
 * Widens the side in which `panel` stands to `width` pixels, unless a person has given it a width. What it gains, the
 * main area loses, which keeps at least as much. Each shell divides its window by a split panel, which counts in shares.
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
    const total = split.node.offsetWidth;
    const own = split.widgets.indexOf(side);
    const main = shares.indexOf(Math.max(...shares));
    const both = shares[own] + shares[main];
    const wanted = Math.min(width / total, both / 2);
    if (main === own || shares[own] * total >= untouched || shares[own] >= wanted) return;
    const changed = new Map([
      [own, wanted],
      [main, both - wanted],
    ]);
    split.setRelativeSizes(shares.map((share, index) => changed.get(index) ?? share));
  });
}
