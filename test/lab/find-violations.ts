/** Asks axe what is in the way of people who listen to a page or cannot use a mouse. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The serious and the critical violations inside `element`, one line for each. */
export async function findViolations(element: Locator): Promise<string[]> {
  await element.page().evaluate(source);
  return await element.evaluate(async (node) => {
    // Put there by the line above.
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(node);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}
