/** From an editor's model to the notebook around it. */
import type { IEditorExtensionFactory } from "@jupyterlab/codemirror";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import { type ISignal, Signal } from "@lumino/signaling";
import type { KernelLanguage } from "../kernel-link/kernel-language.ts";
import { NotebookLanguage } from "../kernel-link/notebook-language.ts";
import type { CellHost } from "./cell-host.ts";
import type { EditorSettings } from "./editor-settings.ts";

/** A notebook, of which there may be several views. */
type Notebook = NotebookPanel["context"];

/** One notebook with its kernel and the settings. */
class NotebookHost implements CellHost {
  readonly trans: TranslationBundle;
  readonly #notebook: Notebook;
  readonly #language: NotebookLanguage;
  readonly #settings: EditorSettings;
  readonly #changed = new Signal<this, void>(this);

  constructor(notebook: Notebook, settings: EditorSettings, trans: TranslationBundle) {
    this.trans = trans;
    this.#notebook = notebook;
    this.#settings = settings;
    this.#language = new NotebookLanguage(notebook.sessionContext);
    this.#language.changed.connect(this.#tell, this);
    settings.changed.connect(this.#tell, this);
    notebook.disposed.connect(() => settings.changed.disconnect(this.#tell, this));
  }

  problems(): KernelLanguage | undefined {
    return this.#settings.squiggles ? this.#language.language : undefined;
  }

  signatures(): KernelLanguage | undefined {
    return this.#settings.signatures ? this.#language.language : undefined;
  }

  members(): boolean {
    return this.#settings.members && this.isAnswered();
  }

  isAnswered(): boolean {
    return this.#language.language !== undefined;
  }

  declares(name: string): boolean {
    for (const cell of this.#notebook.model.cells) {
      if (cell.type === "code" && declares(cell.sharedModel.source, name)) return true;
    }
    return false;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  #tell(): void {
    this.#changed.emit();
  }
}

/** The hosts of all open notebooks, each made when the first of its cells asks for it. */
export class NotebookHosts {
  readonly #tracker: INotebookTracker;
  readonly #settings: EditorSettings;
  readonly #trans: TranslationBundle;
  readonly #hosts = new WeakMap<Notebook, CellHost>();

  constructor(tracker: INotebookTracker, settings: EditorSettings, trans: TranslationBundle) {
    this.#tracker = tracker;
    this.#settings = settings;
    this.#trans = trans;
  }

  /** The notebook in which `model` is a code cell. */
  find(model: IEditorExtensionFactory.IOptions["model"]): CellHost | undefined {
    const panel = this.#tracker.find(({ model: notebook }) => {
      for (const cell of notebook?.cells ?? []) if (cell === model) return cell.type === "code";
      return false;
    });
    if (!panel) return undefined;
    const notebook = panel.context;
    const host = this.#hosts.get(notebook) ?? new NotebookHost(notebook, this.#settings, this.#trans);
    this.#hosts.set(notebook, host);
    return host;
  }
}

/** True for `const name`, `const { name }`, `function name`, `import { name }` and the like. */
export function declares(code: string, name: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  const declaration = `\\b(?:const|let|var|function|class|enum|namespace|import|type|interface)\\b[^;=()]*`;
  return new RegExp(`${declaration}(?<![\\w$])${escaped}(?![\\w$])`).test(code);
}
