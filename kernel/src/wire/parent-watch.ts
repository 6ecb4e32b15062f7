/** Ends the kernel when the program that started it is gone. */

/** How often, in ms, the parent is looked at. */
const PERIOD = 1000;

/**
 * Jupyter names itself in JPY_PARENT_PID; a kernel started by hand has nobody to watch.
 *
 * A parent that dies is seen by another taking its place, unless it died before this was called: then only its number
 * tells, which belongs to nobody. The number alone would not do either: where a script stands between, it is the script
 * that the kernel belongs to, and its parent is never the one that is named.
 *
 * On Windows the variable holds a handle, and not the number of a process, and nobody takes a parent's place: there its
 * own number tells.
 */
export function watchParent(gone: () => void): void {
  const { JPY_PARENT_PID: named } = process.env;
  if (!named) return;
  const parent = process.ppid;
  const watched = process.platform === "win32" ? parent : Number(named);
  const look = (): void => {
    if (process.ppid === parent && isAlive(watched)) return;
    clearInterval(timer);
    gone();
  };
  const timer = setInterval(look, PERIOD);
  timer.unref();
  look();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // one of another user may not be asked, but is there
  }
}
