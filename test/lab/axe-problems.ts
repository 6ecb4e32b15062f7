/** What an automatic reader finds wrong with a part of the page. */
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The part of axe-core that is used here. */
interface Axe {
  run(within: string): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string | null;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }[];
  }>;
}

/** The serious and critical problems inside the elements of `selector`, with what they stand at. */
export async function axeProblems(page: Page, selector: string): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: axe });
  return page.evaluate(async (within) => {
    // Set by the script above.
    const { axe: reader } = window as unknown as { readonly axe: Axe };
    const { violations } = await reader.run(within);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary} at ${html.slice(0, 200)}`),
      );
  }, selector);
}
