/** A graph's view among JupyterLab's widgets. */
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { GraphServices } from "./graph-link.ts";
import type { GraphModel } from "./graph-model.ts";
import type { GraphPane } from "./graph-pane.ts";

/** Shows a model for as long as it lives; the model may be shown by other widgets too. */
export class GraphWidget extends Widget {
  readonly model: GraphModel;
  readonly #services: GraphServices;
  readonly #pane: GraphPane;

  constructor(model: GraphModel, services: GraphServices, pane: GraphPane) {
    super();
    this.model = model;
    this.#services = services;
    this.#pane = pane;
    this.addClass("gb-GraphWidget");
    this.node.append(pane.node);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#pane.dispose();
    super.dispose();
  }

  /** Only now it is known in which notebook the view stands, and so which kernel it asks. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    const link = this.#services.linkFor?.(this.node) ?? null;
    if (link !== null) this.model.connect(link);
  }
}
