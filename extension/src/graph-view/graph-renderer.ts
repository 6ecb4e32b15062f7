/** The view of a graph as JupyterLab's outputs have it: it renders one MIME model after another. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { readGraph } from "gradbook/graph";
import { createErrorCard } from "../fallbacks.ts";
import { addComputer } from "../live/followers.ts";
import type { GraphServices } from "./graph-link.ts";
import { GraphModel, type Replay } from "./graph-model.ts";
import { GraphPane } from "./graph-pane.ts";

/**
 * `display(graph(J), {id})` renews its output in place: the view stays as it is. Nothing of the data is ever inserted
 * as HTML.
 */
export class GraphRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #services: GraphServices;
  #shown: { readonly model: GraphModel; readonly pane: GraphPane; readonly leave: () => void } | null = null;

  constructor(mimeType: string, services: GraphServices) {
    super();
    this.#mimeType = mimeType;
    this.#services = services;
    this.addClass("gb-GraphView");
  }

  async renderModel(output: IRenderMime.IMimeModel): Promise<void> {
    try {
      this.#show(this.#modelOf(output));
    } catch (error) {
      this.#clear();
      this.node.replaceChildren(createErrorCard(error, output.data["text/plain"]));
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#clear();
    super.dispose();
  }

  /** Only now it is known in which notebook the view stands, and so which kernel it asks. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.#connect();
  }

  /** The model of an output: the one that another view of it has made, or this view's own with its graph renewed. */
  #modelOf(output: IRenderMime.IMimeModel): GraphModel {
    const { models, settings } = this.#services;
    const known = models.get(output);
    if (known !== undefined) return known;
    const graph = readGraph(output.data[this.#mimeType]);
    let model = this.#shown?.model;
    if (model === undefined) model = new GraphModel(graph, { openUpTo: settings.openUpTo, loadReplay });
    else model.show(graph);
    models.set(output, model);
    return model;
  }

  #show(model: GraphModel): void {
    if (this.#shown?.model === model) return;
    this.#clear();
    const pane = new GraphPane(model, this.#services);
    const leave = addComputer({
      node: this.node,
      change: (name, data) => void model.change(name, data),
      takeBack: () => model.undoEdits(),
    });
    this.#shown = { model, pane, leave };
    this.node.replaceChildren(pane.node);
    this.#connect();
  }

  #connect(): void {
    if (this.#shown === null || !this.isAttached) return;
    const link = this.#services.linkFor?.(this.node) ?? null;
    if (link !== null) this.#shown.model.connect(link);
  }

  #clear(): void {
    this.#shown?.leave();
    this.#shown?.pane.dispose();
    this.#shown = null;
  }
}

/** What computes graphs in the page is large, and few pages need it. */
async function loadReplay(): Promise<Replay> {
  const { replay } = await import("gradbook/replay");
  return replay;
}
