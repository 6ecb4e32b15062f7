/** All numbers of a large tensor, in a table that scrolls. */
import { plainNumber } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { iconButton } from "./buttons.ts";
import { element } from "./element.ts";

/** More cells than this would keep the page busy. */
const MOST_CELLS = 10_000;

/** The sheet; empty until it is shown. */
export class ValuesSheet {
  readonly node: HTMLElement = element("div", { class: "gb-Sheet", hidden: true });
  readonly #trans: Translation;

  constructor(trans: Translation) {
    this.#trans = trans;
  }

  /** Shows the last two axes as rows and columns, the others one below the other. */
  show(label: string, data: readonly number[], shape: readonly number[]): void {
    const columns = shape.at(-1) ?? 1;
    const rows = Math.min(data.length, MOST_CELLS) / columns;
    const body = Array.from({ length: Math.ceil(rows) }, (_, row) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, String(row + 1)),
        ...data
          .slice(row * columns, (row + 1) * columns)
          .map((value) => element("td", {}, plainNumber(value))),
      ),
    );
    const head = Array.from({ length: columns }, (_, k) => element("th", { scope: "col" }, String(k + 1)));
    const title =
      data.length > MOST_CELLS
        ? this.#trans.__("%1, the first %2 of %3 entries", label, MOST_CELLS, data.length)
        : this.#trans.__("%1, all entries", label);
    this.node.replaceChildren(
      element("h4", {}, title),
      iconButton("close", this.#trans.__("Close"), () => {
        this.node.hidden = true;
      }),
      element(
        "div",
        { class: "gb-Sheet-table", tabindex: 0, role: "region", "aria-label": title },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, element("td"), ...head)),
          element("tbody", {}, ...body),
        ),
      ),
    );
    this.node.hidden = false;
  }
}
