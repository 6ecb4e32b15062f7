/** Starts work in a turn of its own, since an interrupt tears down all that is on the stack below it, too. */

// Taken before timers are followed: such a turn is nobody's own timer.
const { setImmediate } = globalThis;

export const nextTurn: (work: () => void) => void = setImmediate;
