/** The panel of variables: the tensors of the notebook that is looked at, with their shapes and whether they have gradients. */
import { type INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import { Widget } from "@lumino/widgets";
import { openRequests } from "../kernel-link/comm-requests.ts";
import type { Translation } from "../translation.ts";
import { isList, isRecord } from "../untrusted.ts";

/** A tensor under its name. */
interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly hasGradient: boolean;
}

/** The panel. It asks the kernel after each cell, and only while it is seen. */
export class VariablesPanel extends Widget {
  readonly #tracker: INotebookTracker;
  readonly #trans: Translation;
  #asked = 0;

  constructor(tracker: INotebookTracker, trans: Translation) {
    super();
    this.id = "gradbook-variables";
    this.title.caption = trans.__("Gradbook Variables");
    this.addClass("gb-Variables");
    this.#tracker = tracker;
    this.#trans = trans;
    tracker.currentChanged.connect(() => void this.#refresh());
    // Not when the kernel becomes idle: it does after each question, too.
    NotebookActions.executed.connect((_, { notebook }) => {
      if (notebook === tracker.currentWidget?.content) void this.#refresh();
    });
  }

  protected override onAfterShow(): void {
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    if (!this.isVisible) return;
    this.#asked += 1;
    const mine = this.#asked;
    const notebook = this.#tracker.currentWidget;
    const variables = notebook === null ? null : await variablesOf(notebook).catch(() => null);
    if (mine !== this.#asked || this.isDisposed) return;
    this.node.replaceChildren(...this.#content(notebook, variables));
  }

  #content(notebook: NotebookPanel | null, variables: readonly Variable[] | null): HTMLElement[] {
    const trans = this.#trans;
    const heading = document.createElement("h2");
    heading.textContent = trans.__("Variables");
    if (notebook === null || variables === null || variables.length === 0) {
      const note = document.createElement("p");
      note.textContent =
        variables === null
          ? trans.__("A notebook whose kernel is Gradbook shows its tensors here.")
          : trans.__("No tensors yet: const X = tensor([[1, 2], [3, 4]]) makes one.");
      return [heading, note];
    }
    const table = document.createElement("table");
    const head = document.createElement("tr");
    for (const word of [trans.__("name"), trans.__("shape"), trans.__("numbers"), trans.__("gradient")]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = word;
      head.append(cell);
    }
    table.createTHead().append(head);
    const body = table.createTBody();
    for (const { name, shape, dtype, hasGradient } of variables) {
      const row = body.insertRow();
      row.insertCell().append(this.#button(notebook, name, trans.__("Show %1 in a cell", name)));
      row.insertCell().textContent = shape.length === 0 ? trans.__("scalar") : shape.join(" × ");
      row.insertCell().textContent = dtype;
      const gradient = row.insertCell();
      if (hasGradient) {
        gradient.append(this.#button(notebook, `${name}.grad`, trans.__("Show the gradient of %1", name)));
      }
    }
    return [heading, table];
  }

  /** A name that is shown in a cell of its own, below the active one, when it is pressed. */
  #button(notebook: NotebookPanel, code: string, label: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gb-VariableName";
    button.textContent = code;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      NotebookActions.insertBelow(notebook.content);
      notebook.content.activeCell?.model.sharedModel.setSource(code);
      void NotebookActions.run(notebook.content, notebook.sessionContext);
    });
    return button;
  }
}

/** What the kernel says its tensors are; rejects where it knows nothing of them. */
async function variablesOf(notebook: NotebookPanel): Promise<readonly Variable[]> {
  const kernel = notebook.sessionContext.session?.kernel;
  if (!kernel) throw new Error("There is no kernel");
  const requests = openRequests(kernel, "gradbook.graph");
  try {
    const { variables } = await requests.ask({ type: "variables" });
    if (!isList(variables, 1000, isRecord)) throw new Error("These are no variables");
    return variables.map(({ name, shape, dtype, hasGradient }) => ({
      name: String(name),
      shape: Array.isArray(shape) ? shape.map(Number) : [],
      dtype: String(dtype),
      hasGradient: hasGradient === true,
    }));
  } finally {
    requests.dispose();
  }
}
