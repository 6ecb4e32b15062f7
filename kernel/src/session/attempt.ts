/** Asks values of cells, which may be anything: a getter or a proxy can throw. */

/** What the question is answered; undefined where that throws. */
export function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
