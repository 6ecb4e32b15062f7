/** JupyterLab's own debugger, used as a person does: the bug in the toolbar, the gutter of a cell, the panel. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Turns the debugger on. */
export async function startDebugger(page: Page): Promise<void> {
  const button = page.locator(".jp-DebuggerBugButton");
  await button.waitFor();
  await clickUntil(button, async () => (await button.getAttribute("aria-pressed")) === "true");
  await page.locator(".cm-breakpoint-gutter").first().waitFor();
}

/** Clicks beside a line of the first cell, and waits for the red dot. */
export async function breakAt(page: Page, line: number): Promise<void> {
  const gutter = page.locator(".jp-Cell").first().locator(".cm-breakpoint-gutter");
  // The first element is a spacer.
  const place = gutter.locator(".cm-gutterElement").nth(line);
  const dots = page.locator(".jp-DebuggerBreakpoints-body .jp-DebuggerBreakpoint");
  await clickUntil(place, async () => (await dots.count()) > 0);
}

/** Clicks, and again where nothing came of it: JupyterLab lets clicks fall that come before it has heard of the kernel. */
async function clickUntil(place: Locator, isDone: () => Promise<boolean>): Promise<void> {
  let waits = 0;
  await expect
    .poll(
      async () => {
        const done = await isDone();
        if (!done && waits++ % 4 === 0) await place.click();
        return done;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(true);
}

/** The line at which the program stands. */
export function stoppedLine(page: Page): Locator {
  return page.locator(".jp-DebuggerEditor-highlight");
}

/** A variable in the panel, or a part of one, by its name. */
export function variable(page: Page, name: string): Locator {
  const title = page.locator(":scope > .jp-DebuggerVariables-name").getByText(name, { exact: true });
  return page.locator(".jp-DebuggerVariables-body jp-tree-item").filter({ has: title }).first();
}

/** Shows the parts of a variable, of which this is one. */
export async function unfold(page: Page, name: string, part: string): Promise<void> {
  const button = variable(page, name).locator(".expand-collapse-button").first();
  await clickUntil(button, async () => (await variable(page, part).count()) > 0);
}

export async function goOn(page: Page, how: "continue" | "next" | "stepIn"): Promise<void> {
  await page.evaluate((command) => window.jupyterapp.commands.execute(command), `debugger:${how}`);
}
