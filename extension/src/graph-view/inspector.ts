/** The inspector beside a graph. */

import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import type { Inspection } from "./inspection.ts";
import { type InspectorEvents, inspectionElements } from "./inspection-elements.ts";

/** The inspector: a page about what is selected. */
export class Inspector {
  readonly node: HTMLElement;
  readonly #page: HTMLElement = element("div", { class: "gb-Inspector-page" });
  readonly #prune: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #words: HTMLElement = element("span", {});
  readonly #events: InspectorEvents;
  readonly #trans: Translation;
  #shown = "";

  constructor(events: InspectorEvents, prune: (part: number) => void, trans: Translation) {
    this.#events = events;
    this.#trans = trans;
    this.#slider = element("input", { type: "range", class: "gb-Slider", min: 0, max: 1, step: 0.05 });
    this.#slider.addEventListener("input", () => prune(this.#slider.valueAsNumber));
    // Apart from the page, which is written anew: a slider must stay where it is while it is dragged.
    this.#prune = element("label", { class: "gb-Inspector-prune" }, this.#slider, this.#words);
    this.node = element(
      "aside",
      { class: "gb-Inspector", "aria-label": trans.__("Inspector") },
      this.#page,
      this.#prune,
    );
  }

  /** The width that it takes from the picture where the style sheet sets it beside it, even before it is shown; else 0. */
  get widthBeside(): number {
    const { position, width } = getComputedStyle(this.node);
    return position === "absolute" ? Number.parseFloat(width) : 0;
  }

  /** Shows a page, and the part of the largest path below which paths are left out. */
  update(inspection: Inspection, prune: number): void {
    this.#prune.hidden = inspection.canPrune !== true;
    this.#slider.valueAsNumber = prune;
    this.#slider.style.setProperty("--gb-done", String(prune));
    this.#words.textContent =
      prune === 0
        ? this.#trans.__("all paths")
        : this.#trans.__("paths of at least %1 % of the largest", Math.round(100 * prune));

    const json = JSON.stringify(inspection);
    if (json === this.#shown) return;
    this.#shown = json;
    const focused = this.#page.contains(document.activeElement) ? document.activeElement?.textContent : null;
    this.#page.replaceChildren(...inspectionElements(inspection, this.#events, this.#trans));
    if (focused === null) return;
    // Who was on a button of the old page is on the same of the new one.
    [...this.#page.querySelectorAll("button")].find(({ textContent }) => textContent === focused)?.focus();
  }
}
