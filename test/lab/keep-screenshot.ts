/** Pictures of what the browser tests saw, for people to look at. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { cache } from "../../scripts/setup/paths.ts";

/** Keeps the page as it is now in `.cache/screens/<name>.png`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(cache, "screens", `${name}.png`), animations: "disabled" });
}
