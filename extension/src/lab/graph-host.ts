/** What JupyterLab gives the views of graphs: the kernel of their notebook, its cells, the side panel, the settings. */
import { type ISessionContext, Notification } from "@jupyterlab/apputils";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { GraphPlace } from "gradbook/graph";
import type { GraphServices } from "../graph-view/graph-link.ts";
import type { GraphModel } from "../graph-view/graph-model.ts";
import type { LiveSettings } from "./graph-settings.ts";
import { hasOutput } from "./notebook-graphs.ts";
import { revealPlace } from "./reveal-place.ts";
import { SessionLink } from "./session-link.ts";

/** The output that a view shows now. */
export type Shown = () => IRenderMime.IMimeModel | undefined;

/** Shows an output of a notebook in the side panel. */
export type OpenInPanel = (notebook: NotebookPanel, output: IRenderMime.IMimeModel) => void;

/** What the services are made of. */
export interface GraphHostOptions {
  /** Null where there are no notebooks. */
  readonly tracker: INotebookTracker | null;
  readonly trans: TranslationBundle;
  readonly settings: LiveSettings;
}

/** All views share one, and so the state of each output and the line to each kernel. */
export class GraphHost {
  readonly #options: GraphHostOptions;
  readonly #models = new WeakMap<object, GraphModel>();
  readonly #links = new WeakMap<ISessionContext, SessionLink>();

  constructor(options: GraphHostOptions) {
    this.#options = options;
  }

  /** The services for a view of `shown`; `openInPanel` is null inside the panel, or where there is none. */
  servicesFor(shown: Shown, openInPanel: OpenInPanel | null): GraphServices {
    const { trans, settings } = this.#options;
    return {
      trans,
      get settings() {
        return settings.current;
      },
      models: this.#models,
      linkFor: () => this.#linkOf(this.#notebookOf(shown())),
      reveal: (place) => void this.#reveal(this.#notebookOf(shown()), place),
      openInPanel:
        openInPanel &&
        (() => {
          const output = shown();
          const notebook = this.#notebookOf(output);
          if (output && notebook) openInPanel(notebook, output);
        }),
    };
  }

  /** By its output, as the view may stand outside the notebook: in the panel, or in a window of its own. */
  #notebookOf(output: IRenderMime.IMimeModel | undefined): NotebookPanel | undefined {
    if (output === undefined) return undefined;
    return this.#options.tracker?.find(({ model }) => model !== null && hasOutput(model, output));
  }

  #linkOf(notebook: NotebookPanel | undefined): SessionLink | null {
    if (notebook === undefined) return null;
    const { sessionContext } = notebook;
    const link = this.#links.get(sessionContext) ?? new SessionLink(sessionContext);
    this.#links.set(sessionContext, link);
    return link;
  }

  async #reveal(notebook: NotebookPanel | undefined, place: GraphPlace): Promise<void> {
    const isFound = notebook !== undefined && (await revealPlace(notebook.content, place));
    if (isFound) return;
    const message = this.#options.trans.__("Cell [%1] is no longer in this notebook", place.cell);
    Notification.warning(message, { autoClose: 4000 });
  }
}
