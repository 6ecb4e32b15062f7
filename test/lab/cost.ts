/** What a page does at once, in time of its processor: beside a busy machine it is the same. */
import type { Page } from "playwright-core";

/** A span of the browser's trace; times in µs. */
interface Span {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** What the thread has computed in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's main thread while `work` runs, in ms: for so long it answers nobody. */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("The page has no browser");
  await browser.startTracing(page, { categories: ["toplevel"] });
  await work();
  // What is on the page now is laid out and painted in the frames that follow.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
  const { traceEvents } = JSON.parse(`${await browser.stopTracing()}`) as { traceEvents: readonly Span[] };
  const threads = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const times = traceEvents
    .filter(
      ({ name, pid, tid }) =>
        name.endsWith("RunTask") && threads.some((one) => one.pid === pid && one.tid === tid),
    )
    .map(({ tdur = 0 }) => tdur / 1000);
  if (times.length === 0) throw new Error("The trace has no task of the page");
  return Math.max(...times);
}
