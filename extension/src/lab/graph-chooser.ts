/** The choice among the graphs of a notebook, at the top of the side panel. */
import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { GRAPH_MIME } from "gradbook/graph";
import type { NotebookGraph } from "./notebook-graphs.ts";

/** The longest title that is shown, as a stranger's notebook may have any. */
const longestTitle = 40;

/** Hidden where there is no choice. */
export class GraphChooser extends Widget {
  readonly #trans: TranslationBundle;
  readonly #select = document.createElement("select");
  #graphs: readonly NotebookGraph[] = [];

  /** Calls `choose` with the graph that a person takes, or null for the latest at any time. */
  constructor(trans: TranslationBundle, choose: (graph: NotebookGraph | null) => void) {
    super();
    this.#trans = trans;
    this.addClass("gb-GraphPanel-chooser");
    this.#select.setAttribute("aria-label", trans.__("Graph to show"));
    this.#select.addEventListener("change", () => choose(this.#graphs[Number(this.#select.value)] ?? null));
    this.node.append(this.#select);
  }

  /** Offers `graphs`, with `chosen` taken; null stands for the latest. */
  offer(graphs: readonly NotebookGraph[], latest: NotebookGraph | null, chosen: NotebookGraph | null): void {
    this.#graphs = graphs;
    this.setHidden(graphs.length < 2);
    const names = [
      latest ? this.#trans.__("Latest: %1", this.#nameOf(latest)) : this.#trans.__("Latest"),
      ...graphs.map((graph) => this.#nameOf(graph)),
    ];
    // A live display comes by many times a second, and must not close the list that somebody has open.
    const isOther = names.some((name, index) => this.#select.options[index]?.text !== name);
    if (isOther || names.length !== this.#select.options.length) {
      this.#select.replaceChildren(...names.map((name, index) => new Option(name, String(index - 1))));
    }
    this.#select.value = String(chosen === null ? -1 : graphs.indexOf(chosen));
  }

  /** `J, cell [4]` */
  #nameOf({ cell, output }: NotebookGraph): string {
    return this.#trans.__("%1, cell [%2]", titleOf(output.data[GRAPH_MIME]), cell.executionCount ?? "*");
  }
}

/** The title in the data of a graph, which may be anything. */
function titleOf(data: unknown): string {
  const title = typeof data === "object" && data !== null && "title" in data ? data.title : undefined;
  if (typeof title !== "string" || title.trim() === "") return "?";
  return title.length <= longestTitle ? title : `${title.slice(0, longestTitle)}…`;
}
