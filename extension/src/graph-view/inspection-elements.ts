/** A page of the inspector made into elements. */
import type { GraphPlace } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import { wordButton } from "./icon-button.ts";
import type { Action, Content, Inspection } from "./inspection.ts";
import { mathElement } from "./math-element.ts";

/** What a person can do in the inspector. */
export interface InspectorEvents {
  readonly act: (action: Action) => void;
  /** Jumps to the notebook; `null` where there is none to jump to. */
  readonly reveal: ((place: GraphPlace) => void) | null;
}

/** The elements of a page. */
export function inspectionElements(
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
