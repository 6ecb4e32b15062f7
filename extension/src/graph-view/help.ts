/** The keys that a graph knows, shown when somebody asks. */

import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import { iconButton } from "./icon-button.ts";

/** The sheet; it is there while it is shown. */
export class HelpSheet {
  readonly #parent: HTMLElement;
  readonly #trans: Translation;
  readonly #closed: () => void;
  #sheet: HTMLElement | null = null;

  /** `closed` is called when the person has read enough. */
  constructor(parent: HTMLElement, closed: () => void, trans: Translation) {
    this.#parent = parent;
    this.#closed = closed;
    this.#trans = trans;
  }

  toggle(): void {
    if (this.#sheet !== null) {
      this.#sheet.remove();
      this.#sheet = null;
      this.#closed();
      return;
    }
    this.#sheet = sheetElement(this.#trans, () => this.toggle());
    this.#sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle();
    });
    this.#parent.append(this.#sheet);
    this.#sheet.querySelector("button")?.focus();
  }
}

function sheetElement(trans: Translation, close: () => void): HTMLElement {
  const keys: readonly (readonly [string, string])[] = [
    ["→ ←", trans.__("along the data, against it")],
    ["↑ ↓", trans.__("to the neighbours; in a matrix the arrows move between entries")],
    ["Enter", trans.__("opens a group, enters a matrix, changes an entry of a leaf")],
    ["Esc", trans.__("one level up")],
    ["n p", trans.__("one backward step forward, back")],
    ["Space", trans.__("plays the backward pass, pauses it")],
    ["e", trans.__("walks the edges; with Shift backwards")],
    ["x", trans.__("shows a small tensor as entries, and as a matrix")],
    ["Home End", trans.__("the first, the last")],
    ["+ - 0", trans.__("larger, smaller, all of it")],
    ["t", trans.__("the table and back")],
    ["?", trans.__("this list")],
  ];
  const list = element("dl", {});
  for (const [key, meaning] of keys) {
    list.append(
      element("dt", {}, ...key.split(" ").map((one) => element("kbd", {}, one))),
      element("dd", {}, meaning),
    );
  }
  return element(
    "div",
    { class: "gb-Help", role: "dialog", "aria-label": trans.__("Keys") },
    element("h4", {}, trans.__("Keys")),
    iconButton("close", trans.__("Close"), close),
    list,
  );
}
