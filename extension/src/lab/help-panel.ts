/** The panel of help: every name of the library by task, to be searched, with examples that go into the notebook. */
import { type INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import { Widget } from "@lumino/widgets";
import { openRequests } from "../kernel-link/comm-requests.ts";
import type { Translation } from "../translation.ts";
import { isList, isRecord } from "../untrusted.ts";
import { found, type HelpEntry } from "./find-help.ts";

/** The panel. It asks the kernel once, when it is first seen beside a notebook of ours. */
export class HelpPanel extends Widget {
  readonly #tracker: INotebookTracker;
  readonly #trans: Translation;
  readonly #search = document.createElement("input");
  readonly #list = document.createElement("div");
  #entries: readonly HelpEntry[] = [];
  #isAsking = false;

  constructor(tracker: INotebookTracker, trans: Translation) {
    super();
    this.id = "gradbook-help";
    this.title.caption = trans.__("Gradbook Help");
    this.addClass("gb-Help");
    this.#tracker = tracker;
    this.#trans = trans;
    const heading = document.createElement("h2");
    heading.textContent = trans.__("Help");
    this.#search.type = "search";
    this.#search.placeholder = trans.__("Search names and what they do");
    this.#search.setAttribute("aria-label", this.#search.placeholder);
    this.#search.addEventListener("input", () => this.#show());
    this.#list.className = "gb-HelpList";
    this.node.append(heading, this.#search, this.#list);
    tracker.currentChanged.connect(() => void this.#ask());
  }

  protected override onAfterShow(): void {
    void this.#ask();
  }

  /** Puts the keyboard into the search. */
  search(): void {
    this.#search.focus();
  }

  async #ask(): Promise<void> {
    if (!this.isVisible || this.#isAsking || this.#entries.length > 0) return;
    this.#isAsking = true;
    this.#note(this.#trans.__("The names are on their way…"));
    const notebook = this.#tracker.currentWidget;
    this.#entries = notebook === null ? [] : await entriesOf(notebook).catch(() => []);
    this.#isAsking = false;
    if (!this.isDisposed) this.#show();
  }

  #show(): void {
    const trans = this.#trans;
    if (this.#entries.length === 0) {
      this.#note(trans.__("A notebook whose kernel is Gradbook lists its names here."));
      return;
    }
    const hits = found(this.#entries, this.#search.value);
    if (hits.length === 0) {
      this.#note(trans.__("Nothing here is called so, or does so."));
      return;
    }
    // What is searched for comes first; what is only looked at stands by its task.
    const isSearched = this.#search.value.trim() !== "";
    const tasks = isSearched ? [""] : [...new Set(hits.map(({ task }) => task))];
    this.#list.replaceChildren(
      ...tasks.flatMap((task) => {
        const list = document.createElement("ul");
        list.append(...hits.filter((hit) => isSearched || hit.task === task).map((hit) => this.#row(hit)));
        if (isSearched) return [list];
        const heading = document.createElement("h3");
        heading.textContent = task;
        return [heading, list];
      }),
    );
  }

  #row({ signature, words, name, example }: HelpEntry): HTMLLIElement {
    const row = document.createElement("li");
    const head = document.createElement("code");
    head.textContent = signature;
    const text = document.createElement("p");
    text.append(...withCode(words));
    row.append(head, text);
    if (example === "") return row;
    const lines = document.createElement("pre");
    lines.textContent = example;
    const insert = document.createElement("button");
    insert.type = "button";
    insert.className = "gb-ToolButton gb-mod-link";
    insert.textContent = this.#trans.__("Insert example");
    insert.setAttribute("aria-label", this.#trans.__("Insert the example of %1", name));
    insert.addEventListener("click", () => this.#insert(example));
    row.append(lines, insert);
    return row;
  }

  /** Into the active cell where that is empty, else into a new one below; it runs when the reader says so. */
  #insert(example: string): void {
    const notebook = this.#tracker.currentWidget?.content;
    if (!notebook) return;
    if (notebook.activeCell?.model.sharedModel.getSource().trim() !== "")
      NotebookActions.insertBelow(notebook);
    notebook.activeCell?.model.sharedModel.setSource(example);
    notebook.mode = "edit";
    notebook.activate();
  }

  #note(text: string): void {
    const note = document.createElement("p");
    note.textContent = text;
    this.#list.replaceChildren(note);
  }
}

/** Text between backticks stands as code. */
function withCode(words: string): (HTMLElement | string)[] {
  return words.split("`").map((part, k) => {
    if (k % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

/** What the kernel has; rejects where it is another one. */
async function entriesOf(notebook: NotebookPanel): Promise<readonly HelpEntry[]> {
  await notebook.sessionContext.ready;
  const kernel = notebook.sessionContext.session?.kernel;
  if (!kernel) throw new Error("There is no kernel");
  const requests = openRequests(kernel, "gradbook.language");
  try {
    const { names } = await requests.ask({ type: "catalogue" });
    if (!isList(names, 1000, isRecord)) throw new Error("These are no names");
    return names.map(({ task, name, signature, words, example }) => ({
      task: String(task),
      name: String(name),
      signature: String(signature),
      words: String(words),
      example: String(example),
    }));
  } finally {
    requests.dispose();
  }
}
