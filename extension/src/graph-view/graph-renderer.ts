/** The output of one graph: its view once that is loaded, its text form where there is nothing else to show. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { type ISignal, Signal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import { createErrorCard } from "../error-card.ts";
import { createTextForm } from "../text-form.ts";
import type { GraphServices } from "./graph-link.ts";
import type { GraphModel } from "./graph-model.ts";
import { GraphWidget } from "./graph-widget.ts";

type ViewChunk = typeof import("./view-chunk.ts");

/** How a renderer is made. */
export interface GraphRendererOptions {
  readonly mimeType: string;
  readonly services: GraphServices;
  /** The model of an output that was shown before, or is shown elsewhere; else the renderer makes its own. */
  readonly modelFor?: (model: IRenderMime.IMimeModel) => GraphModel | null;
}

/**
 * Renders one model after another, so that `display(graph(J), {id})` renews its output in place: the view stays as it
 * is. Nothing of the data is ever inserted as HTML.
 */
export class GraphRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #options: GraphRendererOptions;
  readonly #modelChanged = new Signal<this, GraphModel | null>(this);
  readonly #panel = new PanelLayout();
  #model: GraphModel | null = null;
  #latest: IRenderMime.IMimeModel | null = null;

  constructor(options: GraphRendererOptions) {
    super();
    this.#options = options;
    this.layout = this.#panel;
    this.addClass("gb-GraphOutput");
  }

  /** The graph that is shown, for a panel that shows the same; `null` until there is one. */
  get model(): GraphModel | null {
    return this.#model;
  }

  /** Emitted when another model, or none, is shown; not when the model itself changes. */
  get modelChanged(): ISignal<this, GraphModel | null> {
    return this.#modelChanged;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#latest = model;
    const text = model.data["text/plain"];
    let chunk: ViewChunk;
    try {
      chunk = await import("./view-chunk.ts");
    } catch {
      // The view did not arrive: the text form says the same.
      if (this.#latest === model) this.#show(createTextForm(typeof text === "string" ? text : ""));
      return;
    }
    if (this.isDisposed || this.#latest !== model) return;
    try {
      const graph = chunk.readGraph(model.data[this.#options.mimeType]);
      if (this.#model !== null) this.#model.show(graph);
      else
        this.#open(chunk, this.#options.modelFor?.(model) ?? makeModel(chunk, graph, this.#options.services));
    } catch (error) {
      this.#show(createErrorCard(error, text));
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#latest = null;
    Signal.clearData(this);
    super.dispose();
  }

  #open(chunk: ViewChunk, model: GraphModel): void {
    const { services } = this.#options;
    this.#clear();
    this.#model = model;
    this.#panel.addWidget(
      new GraphWidget(model, services, new chunk.GraphPane({ model, services, fill: false })),
    );
    this.#modelChanged.emit(model);
  }

  #show(node: HTMLElement): void {
    this.#clear();
    this.#panel.addWidget(new Widget({ node }));
    if (this.#model === null) return;
    this.#model = null;
    this.#modelChanged.emit(null);
  }

  #clear(): void {
    for (const widget of [...this.#panel.widgets]) widget.dispose();
  }
}

function makeModel(
  { GraphModel }: ViewChunk,
  graph: ConstructorParameters<ViewChunk["GraphModel"]>[0],
  services: GraphServices,
): GraphModel {
  return new GraphModel(graph, {
    openUpTo: services.settings.openUpTo,
    loadReplay: async () => (await import("gradbook/replay")).replay,
  });
}
