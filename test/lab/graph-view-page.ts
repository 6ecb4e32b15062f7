/** One graph in a real browser, looked at and touched as a person would. */
import type { Locator, Page } from "playwright-core";

/** The view of a graph in an output or in the panel. */
export class GraphOnPage {
  readonly page: Page;
  readonly node: Locator;

  constructor(within: Locator) {
    this.page = within.page();
    this.node = within.locator(".gb-GraphView");
  }

  get picture(): Locator {
    return this.node.locator(".gb-Picture");
  }

  get inspector(): Locator {
    return this.node.getByRole("complementary", { name: "Inspector" });
  }

  /** What the bar says of the step. */
  get step(): Locator {
    return this.node.locator(".gb-Bar-count");
  }

  /** What is spoken. */
  get spoken(): Locator {
    return this.node.locator("[aria-live=polite]");
  }

  /** Waits until the picture is drawn. */
  async drawn(): Promise<this> {
    await this.picture.locator(".gb-Card, .gb-Group").first().waitFor();
    return this;
  }

  button(name: string | RegExp): Locator {
    return this.node.getByRole("button", { name });
  }

  card(node: number): Locator {
    return this.picture.locator(`.gb-Card[data-node="${node}"]`);
  }

  entry(node: number, entry: number, part: "value" | "gradient" = "value"): Locator {
    return this.picture.locator(`[data-entry="${node}:${entry}"][data-part="${part}"]`);
  }

  /** The entries that are lit up, in their order, as `node:entry part`. */
  async lit(kind: "depends" | "influences"): Promise<string[]> {
    const found = this.picture.locator(`.gb-Entry.gb-mod-${kind}`);
    const names = await found.evaluateAll((entries) =>
      entries.map((entry) => `${entry.getAttribute("data-entry")} ${entry.getAttribute("data-part")}`),
    );
    return names.toSorted();
  }

  /** Chooses a line of the menu. */
  async choose(line: string | RegExp): Promise<void> {
    await this.button("More").click();
    await this.page.locator(".lm-Menu-item", { hasText: line }).click();
  }

  /** Presses keys one after the other, with the focus in the picture. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.picture.focus();
    for (const key of keys) await this.page.keyboard.press(key);
  }
}
