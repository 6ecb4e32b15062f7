/** The signature of the call at the cursor, in a small card above it, while its arguments are written. */
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  type PluginValue,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { Signature } from "../kernel-link/kernel-language.ts";
import { OneAtATime } from "../one-at-a-time.ts";
import { callPosition, opensArguments } from "./call-position.ts";
import { type CellHost, cellHost } from "./cell-host.ts";
import { belongsAbove } from "./notebook-space.ts";
import { createSignatureCard, speakSignature } from "./signature-card.ts";

/** A signature, and where the card that shows it stands. */
interface Shown {
  readonly signature: Signature;
  readonly tooltip: Tooltip;
}

const setShown = StateEffect.define<Shown | null>();

const shown = StateField.define<Shown | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setShown)) return effect.value;
    if (value === null || !transaction.docChanged) return value;
    const { signature, tooltip } = value;
    return { signature, tooltip: { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) } };
  },
  provide: (field) => [
    showTooltip.from(field, (value) => value?.tooltip ?? null),
    // The class by which the keyboard shortcut that closes the card knows that there is one.
    EditorView.editorAttributes.from(field, (value) => ({ class: value ? "gb-mod-signature" : "" })),
  ],
});

class SignatureHelp implements PluginValue {
  readonly #view: EditorView;
  readonly #host: CellHost;
  readonly #turn = new OneAtATime();
  /** The number of questions asked; only the answer to the last one counts. */
  #asked = 0;
  #isAsking = false;

  constructor(view: EditorView) {
    this.#view = view;
    this.#host = view.state.facet(cellHost);
    this.#host.changed.connect(this.#askIfOpen, this);
  }

  update(update: ViewUpdate): void {
    if (update.transactions.some(opensArguments)) this.ask();
    else if (update.docChanged || update.selectionSet) this.#askIfOpen();
  }

  destroy(): void {
    this.#host.changed.disconnect(this.#askIfOpen, this);
    this.#asked += 1;
  }

  /** Shows the signature of the call at the cursor, if there is one. */
  ask(): void {
    const question = ++this.#asked;
    this.#isAsking = true;
    void this.#turn.run(async () => {
      if (question !== this.#asked) return;
      const { state } = this.#view;
      const signature = await this.#signatureIn(state);
      if (question !== this.#asked) return;
      this.#isAsking = false;
      if (signature && this.#view.hasFocus) this.#show(signature, state);
      else this.close();
    });
  }

  /** Takes the card away, also one that is on its way. */
  close(): void {
    this.#asked += 1;
    this.#isAsking = false;
    if (this.#view.state.field(shown)) this.#view.dispatch({ effects: setShown.of(null) });
  }

  #askIfOpen(): void {
    if (this.#isAsking || this.#view.state.field(shown)) this.ask();
  }

  async #signatureIn({ doc, selection }: EditorState): Promise<Signature | null> {
    const language = this.#host.signatures();
    if (!language || !selection.main.empty) return null;
    try {
      return await language.signature(doc.toString(), selection.main.head);
    } catch {
      // Nobody answered in time: the code is written without help.
      return null;
    }
  }

  #show(signature: Signature, { doc, selection }: EditorState): void {
    const before = this.#view.state.field(shown);
    const text = speakSignature(signature);
    const isNews = !before || speakSignature(before.signature) !== text;
    const pos = callPosition(doc, selection.main.head);
    const tooltip: Tooltip = {
      pos,
      above: belongsAbove(this.#view, pos),
      create: () => ({ dom: createSignatureCard(signature) }),
    };
    this.#view.dispatch({
      effects: [setShown.of({ signature, tooltip }), ...(isNews ? [EditorView.announce.of(text)] : [])],
    });
  }
}

const plugin = ViewPlugin.fromClass(SignatureHelp, {
  eventObservers: {
    blur() {
      this.close();
    },
  },
});

/** Shows signatures while arguments are written. */
export const signatureHelp: Extension = [shown, plugin];

/** Asks for the signature at the cursor. */
export function showSignature(view: EditorView): void {
  view.plugin(plugin)?.ask();
}

/** Closes the card. */
export function hideSignature(view: EditorView): void {
  view.plugin(plugin)?.close();
}
