/** What is said below the bar: which updates are compared, and what has become of edited numbers. */
import type { Translation } from "../translation.ts";
import { wordButton } from "./buttons.ts";
import { isRestarted, type Obstacle, obstacleOf } from "./edits.ts";
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

/** An open list is left alone unless something in it is new. */
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

/** The strip; it shows itself while there is something to say. */
export class EditStrip {
  readonly node: HTMLElement;
  readonly #model: GraphModel;
  readonly #trans: Translation;
  readonly #text: HTMLElement = element("span", { role: "status" });
  readonly #write: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;

  constructor(model: GraphModel, trans: Translation) {
    this.#model = model;
    this.#trans = trans;
    this.#write = wordButton(trans.__("Give to the variable"), () => void model.write());
    this.#undo = wordButton(trans.__("Undo edits"), () => model.undoEdits());
    this.node = element("div", { class: "gb-Strip" }, this.#text, this.#write, this.#undo);
  }

  /** Shows the state of the model, or `message` where there is one. */
  update(message: string | null): void {
    const model = this.#model;
    const sentence = message ?? this.#sentence();
    if (this.#text.textContent !== (sentence ?? "")) this.#text.textContent = sentence ?? "";
    this.#write.hidden = this.#undo.hidden = model.edits.length === 0;
    this.#write.disabled =
      model.editState.kind !== "computed" || obstacleOf(model.latest.graph, model.link) !== null;
    this.node.hidden = sentence === null && model.edits.length === 0;
    this.node.classList.toggle("gb-mod-bad", model.editState.kind === "failed");
  }

  #sentence(): string | null {
    const { editState: state, edits, link, latest } = this.#model;
    const trans = this.#trans;
    const restarted = isRestarted(latest.graph, link) ? ` ${obstacleText("restarted", trans)}` : "";
    switch (state.kind) {
      case "computing":
        return trans.__("Computing…");
      case "computed":
        return state.by === "kernel"
          ? trans.__(
              "Numbers edited: %1. Computed by the kernel; the notebook's variables are as they were.",
              edits.length,
            ) + restarted
          : trans.__(
              "Numbers edited: %1. Computed in this page; the notebook's variables are as they were.",
              edits.length,
            ) + restarted;
      case "written":
        return restarted === ""
          ? trans.__(
              "%1: the variable has the new numbers now. The text of its cell is as it was: run again, it gives the old ones.",
              state.names.join(", "),
            )
          : restarted.trim();
      case "failed":
        return state.message;
      case "untouched":
        return restarted === "" ? null : restarted.trim();
    }
  }
}

/** Why the kernel cannot help, as a sentence. */
export function obstacleText(obstacle: Obstacle, trans: Translation): string {
  switch (obstacle) {
    case "restarted":
      return trans.__("The kernel was restarted and knows nothing of this graph: run its cell again.");
    case "another":
      return trans.__("This kernel did not make this graph: run its cell again.");
    case "gone":
      return trans.__(
        "The kernel is gone, and the notebook does not hold all that is needed to compute this graph here.",
      );
    case "busy":
      return trans.__(
        "The kernel is busy, and the notebook does not hold all that is needed to compute this graph here.",
      );
    case "unknown":
      return trans.__(
        "No kernel is there to ask, and the notebook does not hold all that is needed to compute this graph here.",
      );
  }
}
