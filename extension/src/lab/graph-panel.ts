/** The side panel: the latest graph of the notebook at hand, or the one that was chosen. */
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { IOutputModel } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { Message } from "@lumino/messaging";
import { type ISignal, Signal } from "@lumino/signaling";
import { Panel, Widget } from "@lumino/widgets";
import { GraphChooser } from "./graph-chooser.ts";
import { graphIcon } from "./graph-icon.ts";
import { type NotebookGraph, NotebookGraphs, type Replacement } from "./notebook-graphs.ts";

/** What the panel is made of. */
export interface GraphPanelOptions {
  readonly tracker: INotebookTracker;
  readonly trans: TranslationBundle;
  /** A new view of a graph. */
  readonly createView: () => Widget & IRenderMime.IRenderer;
}

/** Follows the active notebook. While it is hidden it holds no view, so nothing is laid out in vain. */
export class GraphPanel extends Panel {
  readonly #options: GraphPanelOptions;
  readonly #chooser: GraphChooser;
  readonly #message: PanelMessage = new PanelMessage();
  readonly #visibilityChanged = new Signal<this, void>(this);
  /** What was chosen in each notebook; nothing where the latest is followed. */
  readonly #chosen = new WeakMap<NotebookPanel, IRenderMime.IMimeModel>();
  #notebook: NotebookPanel | null = null;
  #graphs: NotebookGraphs | null = null;
  #view: (Widget & IRenderMime.IRenderer) | null = null;
  #shown: IOutputModel | null = null;

  constructor(options: GraphPanelOptions) {
    super();
    this.#options = options;
    const { tracker, trans } = options;
    const title = trans.__("Gradbook Graph");
    this.id = "gradbook-graph";
    this.title.icon = graphIcon;
    this.title.caption = title;
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", title);
    this.node.tabIndex = -1;
    this.addClass("gb-GraphPanel");
    this.#chooser = new GraphChooser(trans, (graph) => this.#choose(graph?.output ?? null));
    this.addWidget(this.#chooser);
    this.addWidget(this.#message);
    tracker.currentChanged.connect(this.#onCurrent, this);
    this.#onCurrent();
  }

  /** Emitted when a person can see it, and when no longer. */
  get visibilityChanged(): ISignal<this, void> {
    return this.#visibilityChanged;
  }

  /** Shows this output of `notebook`, until it goes or another is chosen. */
  async open(notebook: NotebookPanel, output: IRenderMime.IMimeModel): Promise<void> {
    this.#chosen.set(notebook, output);
    await this.#follow(notebook);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#options.tracker.currentChanged.disconnect(this.#onCurrent, this);
    this.#graphs?.dispose();
    Signal.clearData(this);
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#onVisibility();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.#onVisibility();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.#onVisibility();
  }

  protected override onAfterDetach(message: Message): void {
    super.onAfterDetach(message);
    this.#onVisibility();
  }

  protected override onActivateRequest(): void {
    this.node.focus();
  }

  #onVisibility(): void {
    this.#sync();
    this.#visibilityChanged.emit();
  }

  #onCurrent(): void {
    void this.#follow(this.#options.tracker.currentWidget);
  }

  async #follow(notebook: NotebookPanel | null): Promise<void> {
    if (notebook !== this.#notebook) {
      this.#notebook = notebook;
      this.#graphs?.dispose();
      this.#graphs = null;
      this.#sync();
      // Until then the notebook has no cells, or those of a file that is being read.
      await notebook?.context.ready;
      if (this.isDisposed || notebook === null || notebook !== this.#notebook || !notebook.model) return;
      this.#graphs = new NotebookGraphs(notebook.model);
      this.#graphs.changed.connect(this.#sync, this);
      this.#graphs.replaced.connect(this.#onReplaced, this);
    }
    this.#sync();
  }

  #choose(output: IOutputModel | null): void {
    if (this.#notebook === null) return;
    if (output === null) this.#chosen.delete(this.#notebook);
    else this.#chosen.set(this.#notebook, output);
    this.#sync();
  }

  /** The same display with other numbers: the same view shows them, so that zoom and selection stay. */
  #onReplaced(_graphs: unknown, { before, after }: Replacement): void {
    if (this.#notebook && this.#chosen.get(this.#notebook) === before)
      this.#chosen.set(this.#notebook, after);
    if (before !== this.#shown) return;
    this.#shown = after;
    void this.#view?.renderModel(after);
  }

  /** Brings what is seen in line with the notebook. */
  #sync(): void {
    const all = this.#graphs?.all ?? [];
    const chosen = this.#chosenOf(all);
    const graph = chosen ?? this.#graphs?.latest ?? null;
    this.#chooser.offer(all, this.#graphs?.latest ?? null, chosen);
    this.#show(this.isVisible ? graph : null);
    this.#message.setHidden(graph !== null);
    if (graph === null) this.#message.say(...this.#advice());
  }

  #chosenOf(all: readonly NotebookGraph[]): NotebookGraph | null {
    const chosen = this.#notebook && this.#chosen.get(this.#notebook);
    return all.find(({ output }) => output === chosen) ?? null;
  }

  #show(graph: NotebookGraph | null): void {
    const output = graph?.output ?? null;
    if (output === this.#shown) return;
    this.#shown = output;
    this.#view?.dispose();
    this.#view = null;
    if (output === null) return;
    this.#view = this.#options.createView();
    this.addWidget(this.#view);
    void this.#view.renderModel(output);
  }

  /** What to do for a graph to appear, with the code apart. */
  #advice(): readonly [text: string, code?: string] {
    const { trans } = this.#options;
    return this.#notebook === null
      ? [trans.__("Open a notebook to see its graphs here.")]
      : [trans.__("This notebook shows no graph yet. A cell that ends so draws one:"), "graph(J)"];
  }
}

/** A sentence and, where it helps, a line of code to go with it. */
class PanelMessage extends Widget {
  constructor() {
    super();
    this.addClass("gb-GraphPanel-message");
  }

  /** Says `text`, with `code` on a line of its own. */
  say(text: string, code?: string): void {
    const sentence = document.createElement("p");
    sentence.textContent = text;
    this.node.replaceChildren(sentence);
    if (code === undefined) return;
    const line = document.createElement("code");
    line.textContent = code;
    this.node.append(line);
  }
}
