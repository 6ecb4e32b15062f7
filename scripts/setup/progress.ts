/** Tells the person who waits what is going on, and for how long. */

/** Says what is being done, how long it takes while it does, and how long it took. */
export async function progress<T>(title: string, doing: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`;
  const live = process.stdout.isTTY === true;
  const line = (text: string) => process.stdout.write(live ? `\r\x1b[K${text}` : `${text}\n`);
  line(`${title}: ${doing}`);
  // A terminal counts seconds in place; a log gets a line now and then.
  const timer = setInterval(() => line(`${title}: ${doing}, ${elapsed()}`), live ? 1000 : 30_000);
  try {
    const result = await work();
    line(`${title}: ready after ${elapsed()}${live ? "\n" : ""}`);
    return result;
  } catch (error) {
    if (live) process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}
