/** Timers of the kernel itself: taken before those of cells are followed, they belong to no cell. */

const { setImmediate, setTimeout, clearTimeout } = globalThis;

/** Starts work in a turn of its own, since an interrupt tears down all that is on the stack below it, too. */
export const nextTurn: (work: () => void) => void = setImmediate;

/** Starts work after some ms; returns how to call it off. */
export function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
