/** A graph wherever JupyterLab shows one: an empty place until the view, a chunk of its own, has arrived. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { PanelLayout, Widget } from "@lumino/widgets";
import { createErrorCard } from "../error-card.ts";
import type { GraphServices } from "../graph-view/graph-link.ts";
import { createTextForm } from "../text-form.ts";

/** Renders one output after another, and passes on the size and visibility that it gets itself. */
export class GraphOutput extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #services: GraphServices;
  #view: (Widget & IRenderMime.IRenderer) | undefined;
  #latest: IRenderMime.IMimeModel | undefined;

  constructor(
    mimeType: string,
    services: (output: () => IRenderMime.IMimeModel | undefined) => GraphServices,
  ) {
    super();
    this.#mimeType = mimeType;
    this.#services = services(() => this.#latest);
    this.layout = new PanelLayout();
    this.addClass("gb-GraphOutput");
  }

  async renderModel(output: IRenderMime.IMimeModel): Promise<void> {
    this.#latest = output;
    if (this.#view === undefined) {
      const text = output.data["text/plain"];
      // Invisible, it keeps about the place of the picture, so that the page jumps less.
      const waiting = createTextForm(typeof text === "string" ? text : "", "gb-mod-waiting");
      this.node.replaceChildren(waiting);
      try {
        const { GraphRenderer } = await import("../graph-view/graph-renderer.ts");
        if (this.isDisposed) return;
        this.#view ??= this.#add(new GraphRenderer(this.#mimeType, this.#services));
      } catch (error) {
        this.node.replaceChildren(createErrorCard(error, text));
        return;
      }
      waiting.remove();
    }
    // Only the latest: while the chunk was on its way, a live display may have moved on.
    if (this.#latest === output) await this.#view.renderModel(output);
  }

  #add<View extends Widget>(view: View): View {
    if (this.layout instanceof PanelLayout) this.layout.addWidget(view);
    return view;
  }
}
