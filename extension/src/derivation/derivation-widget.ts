/** The output of a derivation, or its text form where it cannot be shown. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { createErrorCard, createTextForm } from "../fallbacks.ts";
import { addFollower, arrived } from "../live/followers.ts";
import { OneAtATime } from "../one-at-a-time.ts";
import { type Translation, untranslated } from "../translation.ts";
import { isRecord } from "../untrusted.ts";
import type { DerivationChoice } from "./derivation-view.ts";
import type { Judge } from "./judge.ts";

/** What the widget is made with. */
export interface DerivationWidgetOptions {
  readonly mimeType: string;
  readonly translation?: Translation;
  /** Asks whether a claim holds; null where there are no notebooks. */
  readonly judge?: Judge | null;
}

/** Renders one model after another. Nothing of the model is ever inserted as HTML. */
export class DerivationWidget extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #translation: Translation;
  readonly #judge: Judge | null;
  readonly #turn = new OneAtATime();
  #leave: () => void = () => {};
  #latest: unknown;
  #choice: DerivationChoice | undefined;

  constructor({ mimeType, translation = untranslated, judge = null }: DerivationWidgetOptions) {
    super();
    this.#judge = judge;
    this.#mimeType = mimeType;
    this.#translation = translation;
    this.addClass("gb-Derivation");
  }

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    this.#leave();
    const json = data[this.#mimeType];
    this.#latest = json;
    const text = data["text/plain"];
    if (!this.node.hasChildNodes()) this.node.replaceChildren(textForm(text));
    await this.#turn.run(() => this.#write(data));
    const latex = data["text/latex"];
    if (this.isDisposed || this.#latest !== json || typeof latex !== "string") return;
    const show = (bundle: unknown) => {
      void this.#turn.run(() => this.#write(isRecord(bundle) ? bundle : data));
    };
    this.#leave = addFollower({ node: this.node, shown: latex, show });
    arrived(this.node);
  }

  override dispose(): void {
    this.#leave();
    super.dispose();
  }

  /** Writes what a bundle holds, in place of what is there. */
  async #write(data: Readonly<Record<string, unknown>>): Promise<void> {
    const load = [
      import("../typeset.ts"),
      import("./derivation-data.ts"),
      import("./derivation-view.ts"),
    ] as const;
    const loaded = await Promise.all(load).catch(() => null);
    // Without KaTeX the text form says the same.
    if (loaded === null || this.isDisposed) return;

    const [{ typeset }, { parseDerivation }, { showDerivation, untouchedDerivation }] = loaded;
    this.#choice ??= untouchedDerivation();
    const latex = data["text/latex"];
    try {
      await showDerivation(this.node, parseDerivation(data[this.#mimeType]), {
        typeset,
        translation: this.#translation,
        latex: typeof latex === "string" ? latex : null,
        choice: this.#choice,
        judge: this.#judge === null ? undefined : (claim) => (this.#judge as Judge)(this.node, claim),
      });
    } catch (error) {
      this.node.replaceChildren(createErrorCard(error, data["text/plain"], this.#translation));
    }
  }
}

function textForm(text: unknown): HTMLElement {
  return createTextForm(typeof text === "string" ? text : "");
}
