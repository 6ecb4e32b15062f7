/** The middle of a view: the picture or the table, and the inspector beside it. */
import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import type { GraphModel } from "./graph-model.ts";
import { tableElement } from "./graph-table.ts";
import { inspect } from "./inspect.ts";
import type { Inspected } from "./inspection.ts";
import type { Inspector } from "./inspector.ts";
import { itemOf } from "./items.ts";
import { PaneDrawing } from "./pane-drawing.ts";
import type { Picture } from "./picture.ts";
import { heightFor } from "./viewport.ts";

/** What the middle is made of. */
export interface PaneBodyParts {
  readonly model: GraphModel;
  readonly picture: Picture;
  readonly inspector: Inspector;
  /** A node was chosen in the table. */
  readonly select: (node: number) => void;
  readonly trans: Translation;
}

/** The middle. */
export class PaneBody {
  readonly node: HTMLElement;
  readonly table: HTMLElement;
  readonly drawing: PaneDrawing;
  readonly #parts: PaneBodyParts;
  #drawnStep: number;

  constructor(parts: PaneBodyParts) {
    const { model, picture, inspector, trans } = parts;
    this.#parts = parts;
    this.#drawnStep = model.view.step;
    this.drawing = new PaneDrawing(model, picture, trans);
    this.table = element("div", {
      class: "gb-TableView",
      tabindex: 0,
      role: "region",
      "aria-label": trans.__("Table of %1", model.graph.title),
    });
    this.node = element("div", { class: "gb-Pane-body" }, picture.node, this.table, inspector.node);
  }

  /** Shows the state of the model; what the inspector says is left out where there is none. */
  async update(isTable: boolean, inspected: Inspected | null, prune: number): Promise<void> {
    const { picture, inspector } = this.#parts;
    inspector.node.hidden = inspected === null;
    this.node.classList.toggle("gb-mod-inspected", inspected !== null);
    if (inspected !== null) inspector.update(inspect(inspected), prune);
    picture.node.hidden = isTable;
    this.table.hidden = !isTable;
    if (isTable) this.#drawTable();
    // What is hidden is laid out once it is shown.
    else if (picture.node.clientWidth > 0) await this.#drawPicture(prune);
  }

  async #drawPicture(prune: number): Promise<void> {
    const { model, picture, trans } = this.#parts;
    // The inspector takes its part of the width only later, and nothing moves for it.
    await this.drawing.update(prune, this.node.clientWidth);
    const { graph, view } = model;
    const height = heightFor(picture.size, picture.node.clientWidth);
    this.node.style.setProperty("--gb-needed", `${Math.round(height)}px`);
    if (view.step !== this.#drawnStep) this.#followStep();
    picture.point(view.selection, picture.node.contains(document.activeElement));
    picture.node.setAttribute(
      "aria-label",
      trans.__(
        "Graph of %1: %2 tensors. Arrow keys move along it, ? lists all keys",
        graph.title,
        graph.nodes.length,
      ),
    );
  }

  /** Moves what the last step computed into view. */
  #followStep(): void {
    const { model, picture } = this.#parts;
    const { graph, view } = model;
    this.#drawnStep = view.step;
    const made = graph.steps[view.step - 1];
    const operand = made && graph.nodes[made.node].op?.inputs[made.input];
    if (operand !== undefined && "from" in operand) picture.reveal(itemOf(graph, operand.from, view.open));
  }

  #drawTable(): void {
    const { model, select, trans } = this.#parts;
    this.table.replaceChildren(tableElement(model.graph, model.view, select, trans));
  }
}
