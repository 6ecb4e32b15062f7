/** Asks axe what is in the way of people who listen to a page or cannot use a mouse. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The serious and the critical violations inside the elements, a line for each. */
export async function findViolations(elements: Locator): Promise<string[]> {
  await elements.page().evaluate(source);
  return await elements.evaluateAll(async (nodes) => {
    // Put there by the line above.
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ include: nodes });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary} at ${html.slice(0, 200)}`),
      );
  });
}
