/** The strip in which two updates of a graph are chosen to be compared. */

import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import type { GraphModel } from "./graph-model.ts";

/** The strip; it shows itself while the model compares. */
export class CompareStrip {
  readonly node: HTMLElement;
  readonly #model: GraphModel;
  readonly #trans: Translation;
  readonly #before: HTMLSelectElement;
  readonly #after: HTMLSelectElement;

  constructor(model: GraphModel, trans: Translation) {
    this.#model = model;
    this.#trans = trans;
    this.#before = element("select", { "aria-label": trans.__("Update to compare with") });
    this.#after = element("select", { "aria-label": trans.__("Update to look at") });
    const choose = () => {
      const after = Number(this.#after.value);
      model.compare({ before: Number(this.#before.value), after: after === 0 ? null : after });
    };
    for (const list of [this.#before, this.#after]) list.addEventListener("change", choose);
    this.node = element(
      "div",
      { class: "gb-Strip" },
      trans.__("What changed from"),
      this.#before,
      trans.__("to"),
      this.#after,
    );
  }

  /** Shows the state of the model. */
  update(): void {
    const { comparison, updates } = this.#model;
    this.node.hidden = comparison === null;
    if (comparison === null) return;
    const names = updates.map(({ number }): [number, string] => [
      number,
      this.#trans.__("update %1", number),
    ]);
    fill(this.#before, names, Math.max(comparison.before, updates[0].number));
    fill(this.#after, [...names, [0, this.#trans.__("the latest")]], comparison.after ?? 0);
  }
}

/** An open list is not touched where nothing in it is new. */
function fill(
  list: HTMLSelectElement,
  options: readonly (readonly [number, string])[],
  chosen: number,
): void {
  const isSame =
    list.options.length === options.length &&
    options.every(([number], i) => list.options[i].value === String(number));
  if (!isSame) {
    list.replaceChildren(...options.map(([number, label]) => element("option", { value: number }, label)));
  }
  list.value = String(chosen);
}
