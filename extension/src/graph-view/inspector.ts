/** The inspector beside a graph, and its pages made into elements. */
import type { GraphPlace } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { wordButton } from "./buttons.ts";
import { element } from "./element.ts";
import type { Action, Content, Inspection } from "./inspection.ts";
import { mathElement } from "./math-element.ts";

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

  /** The width it takes from the picture where the style sheet puts it beside that, even while it is hidden; else 0. */
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
    // The focus goes from a button of the old page to the same button of the new one.
    [...this.#page.querySelectorAll("button")].find(({ textContent }) => textContent === focused)?.focus();
  }
}

/** What a person can do in the inspector. */
export interface InspectorEvents {
  readonly act: (action: Action) => void;
  /** Jumps to the notebook; `null` where there is no notebook to jump to. */
  readonly reveal: ((place: GraphPlace) => void) | null;
}

/** The elements of a page. */
function inspectionElements(
  { title, rows, sections }: Inspection,
  events: InspectorEvents,
  trans: Translation,
): HTMLElement[] {
  const heading = element(
    "h3",
    { class: "gb-Inspector-title" },
    ...(title.tex === null ? [] : [mathElement(title.tex), " "]),
    element("span", {}, title.text),
  );
  const list = element("dl", { class: "gb-Inspector-rows" });
  for (const { label, content } of rows) {
    list.append(element("dt", {}, label), element("dd", {}, contentElement(inline(content), events, trans)));
  }
  const others = sections.map(({ title: name, contents }) =>
    element(
      "section",
      { class: "gb-Inspector-section" },
      element("h4", {}, name),
      ...contents.map((content) => contentElement(content, events, trans)),
    ),
  );
  return [heading, ...(rows.length === 0 ? [] : [list]), ...others];
}

/** A sum in a row is no taller than it must be. */
function inline(content: Content): Content {
  const isSum = content.kind === "tex" && content.tex.includes("\\sum") && !content.tex.includes("\\frac");
  return isSum ? { ...content, tex: `\\textstyle ${content.tex}` } : content;
}

function contentElement(content: Content, events: InspectorEvents, trans: Translation): HTMLElement {
  switch (content.kind) {
    case "tex":
      return scrolling(mathElement(content.tex, `gb-mod-${content.tone ?? "plain"}`));
    case "text":
      return element("p", { class: `gb-mod-${content.tone ?? "plain"}` }, content.text);
    case "action":
      return wordButton(content.label, () => events.act(content.action));
    case "place":
      return placeElement(content.place, events, trans);
    case "table":
      return tableElement(content);
  }
}

/** A wide formula scrolls by itself, by the keyboard too. */
function scrolling(math: HTMLElement): HTMLElement {
  return element("div", { class: "gb-Inspector-formula" }, math);
}

function placeElement(place: GraphPlace, { reveal }: InspectorEvents, trans: Translation): HTMLElement {
  const label = trans.__("cell [%1], line %2", place.cell, place.line);
  if (reveal === null) return element("p", {}, label);
  const button = wordButton(label, () => reveal(place));
  button.classList.add("gb-mod-link");
  button.title = trans.__("Go to the line that made it");
  return button;
}

/** A matrix whose rows and columns have names. */
function tableElement({ caption, columns, rows }: Extract<Content, { kind: "table" }>): HTMLElement {
  const head = element(
    "tr",
    {},
    element("td", {}, mathElement(caption)),
    ...columns.map((name) => element("th", { scope: "col" }, mathElement(name))),
  );
  const body = rows.map(({ label, cells }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, mathElement(label)),
      ...cells.map((cell) => element("td", cell === "0" ? { class: "gb-mod-zero" } : {}, mathElement(cell))),
    ),
  );
  return element(
    "div",
    { class: "gb-Inspector-table" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
  );
}
