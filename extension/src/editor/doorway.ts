/** The little that every cell's editor carries: it brings the help in when somebody writes in a Gradbook notebook. */
import { type Extension, StateEffect } from "@codemirror/state";
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { opensArguments } from "./call-position.ts";
import type { CellHost } from "./cell-host.ts";

/** Gives the notebook around an editor; undefined for a cell that holds no code, and outside notebooks. */
export type FindHost = () => CellHost | undefined;

/** What is brought in. */
export type EditorHelp = typeof import("./help-while-typing.ts");

const doorways = new WeakMap<EditorView, Doorway>();

class Doorway implements PluginValue {
  readonly #view: EditorView;
  readonly #findHost: FindHost;
  #host: CellHost | undefined;
  #help: Promise<EditorHelp> | undefined;
  #isOpen = false;
  #hasOpenedArguments = false;
  #isDestroyed = false;

  constructor(view: EditorView, find: FindHost) {
    this.#view = view;
    this.#findHost = find;
    doorways.set(view, this);
  }

  update(update: ViewUpdate): void {
    if (this.#isOpen || !update.docChanged || !update.view.hasFocus) return;
    this.#hasOpenedArguments ||= update.transactions.some(opensArguments);
    if (this.#help) return;
    if (!this.#host) {
      this.#host = this.#findHost();
      // The first words may be written before the kernel is there.
      this.#host?.changed.connect(this.#enterIfAnswered, this);
    }
    this.#enterIfAnswered();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#host?.changed.disconnect(this.#enterIfAnswered, this);
  }

  /** The help, in the editor; undefined where there is none. */
  enter(): Promise<EditorHelp> | undefined {
    this.#host ??= this.#findHost();
    const host = this.#host;
    if (!host) return undefined;
    this.#help ??= import("./help-while-typing.ts").then((help) => {
      if (!this.#isDestroyed) this.#open(help, host);
      return help;
    });
    return this.#help;
  }

  #open(help: EditorHelp, host: CellHost): void {
    this.#isOpen = true;
    this.#view.dispatch({ effects: StateEffect.appendConfig.of(help.helpWhileTyping(host)) });
    // Somebody who writes fast is within the parentheses by now.
    if (this.#hasOpenedArguments) help.showSignature(this.#view);
  }

  #enterIfAnswered(): void {
    if (!this.#host?.problems() && !this.#host?.signatures()) return;
    this.#host.changed.disconnect(this.#enterIfAnswered, this);
    void this.enter();
  }
}

/** What is put into an editor when it is made. */
export function doorway(find: FindHost): Extension {
  return ViewPlugin.define((view) => new Doorway(view, find));
}

/** The help in this editor, brought in where it is not there yet; undefined in an editor that has none. */
export async function helpIn(view: EditorView): Promise<EditorHelp | undefined> {
  return doorways.get(view)?.enter();
}
