/** A graph wherever JupyterLab shows one: an empty place until the view, a chunk of its own, has arrived. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { ISignal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import { createTextForm } from "../fallbacks.ts";
import type { GraphServices } from "../graph-view/graph-link.ts";

/** How an output is made. */
export interface GraphOutputOptions {
  readonly mimeType: string;
  /** What a view of `shown` needs. */
  readonly services: (shown: () => IRenderMime.IMimeModel | undefined) => GraphServices;
  /** Emitted when views should look different. */
  readonly settingsChanged: ISignal<unknown, void>;
}

/** Renders one output after another. The state of what is looked at is not its own, so its view can be renewed. */
export class GraphOutput extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #services: GraphServices;
  readonly #place: PanelLayout = new PanelLayout();
  #view: (Widget & IRenderMime.IRenderer) | undefined;
  #latest: IRenderMime.IMimeModel | undefined;

  constructor({ mimeType, services, settingsChanged }: GraphOutputOptions) {
    super();
    this.#mimeType = mimeType;
    this.#services = services(() => this.#latest);
    this.layout = this.#place;
    this.addClass("gb-GraphOutput");
    settingsChanged.connect(this.#renew, this);
  }

  async renderModel(output: IRenderMime.IMimeModel): Promise<void> {
    this.#latest = output;
    if (this.#view === undefined) {
      const text = output.data["text/plain"];
      const waiting = createTextForm(typeof text === "string" ? text : "", "gb-mod-waiting");
      // Invisible, it keeps about the place of the picture, so that the page jumps less.
      this.node.replaceChildren(waiting);
      try {
        const { GraphRenderer } = await import("../graph-view/graph-renderer.ts");
        if (this.isDisposed) return;
        if (this.#view === undefined) {
          this.#view = new GraphRenderer(this.#mimeType, this.#services);
          this.#place.addWidget(this.#view);
        }
      } catch {
        // The view did not arrive: the text form says the same.
        waiting.classList.remove("gb-mod-waiting");
        return;
      }
      waiting.remove();
    }
    // Only the latest: while the chunk was on its way, a live display may have moved on.
    if (this.#latest === output) await this.#view.renderModel(output);
  }

  #renew(): void {
    if (this.#view === undefined || this.#latest === undefined) return;
    this.#view.dispose();
    this.#view = undefined;
    void this.renderModel(this.#latest);
  }
}
