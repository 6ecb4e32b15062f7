/** Ends the kernel when the program that started it is gone. */

/** How often, in ms, the parent is looked at. */
const PERIOD = 1000;

/** Jupyter names itself in JPY_PARENT_PID; a kernel started by hand has nobody to watch. */
export function watchParent(gone: () => void): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, PERIOD);
  timer.unref();
}
