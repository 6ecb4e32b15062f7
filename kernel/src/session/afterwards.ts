/**
 * Waits a moment for what a cell has set going: what it still prints, and how it still fails, is then a part of the
 * cell, also for a program that listens no longer than until the cell is over.
 *
 * What can be seen to be under way are timers, and what Node itself waits for, such as a file or an answer from the
 * network. A promise alone cannot: one that nothing will ever settle looks the same as any other.
 */

import type { RunningCell } from "./context.ts";
import { later, nextTurn } from "./own-timers.ts";

/** How long in ms to wait for a cell at most. */
const MOMENT = 50;
/** How often in ms to look whether it is quiet. */
const STEP = 2;

/** What Node waits for, by its kind. */
export type Activity = ReadonlyMap<string, number>;

/** What Node waits for now, timers left out. */
export function activity(): Activity {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind !== "Timeout" && kind !== "Immediate") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Resolves when nothing of a cell may end soon any more, or the moment is over; `before` is as the cell began. */
export async function quiet(cell: RunningCell, before: Activity): Promise<void> {
  const end = performance.now() + MOMENT;
  // In a turn of its own, since a rejected promise is reported once all others have had theirs.
  await new Promise<void>(nextTurn);
  while (!cell.interrupted && performance.now() < end && mayEnd(cell, before, end)) {
    await new Promise<void>((resolve) => later(STEP, resolve));
  }
}

function mayEnd(cell: RunningCell, before: Activity, end: number): boolean {
  for (const due of cell.due.values()) if (due <= end) return true;
  for (const [kind, count] of activity()) if (count > (before.get(kind) ?? 0)) return true;
  return false;
}
