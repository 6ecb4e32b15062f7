/** What is spoken to those who listen: each new step, each new selection. */
import type { GraphView } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { describeSelection } from "./describe.ts";
import { element } from "./element.ts";
import type { GraphModel } from "./graph-model.ts";

/** The voice of a view. */
export class Spoken {
  readonly node: HTMLElement = element("div", { class: "gb-Spoken", "aria-live": "polite" });
  readonly #model: GraphModel;
  readonly #trans: Translation;
  #last: GraphView;

  constructor(model: GraphModel, trans: Translation) {
    this.#model = model;
    this.#trans = trans;
    this.#last = model.view;
  }

  /** Says what is new; whether anything is. */
  update(stepText: string): boolean {
    const { view, graph } = this.#model;
    const isStep = view.step !== this.#last.step;
    const isSelection = view.selection !== this.#last.selection;
    this.#last = view;
    if (isStep) this.node.textContent = stepText;
    else if (isSelection) this.node.textContent = describeSelection(graph, view, this.#trans);
    return isStep || isSelection;
  }
}
