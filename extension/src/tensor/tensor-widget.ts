/** The output of one tensor: its matrix by KaTeX, or its text form where KaTeX is not available. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { createErrorCard, createTextForm } from "../fallbacks.ts";
import type { Ask } from "../live/ask.ts";
import { addFollower, arrived } from "../live/followers.ts";
import { type Translation, untranslated } from "../translation.ts";
import { parseTensor, type TensorData } from "./tensor-data.ts";
import type { TensorChoice, TensorView } from "./tensor-view.ts";
import type { WholeMatrix } from "./whole-matrix.ts";

/** What the widget is made with. */
export interface TensorWidgetOptions {
  readonly mimeType: string;
  readonly translation?: Translation;
  readonly wholeMatrix?: WholeMatrix | null;
  /** Asks the kernel; null where there are no notebooks. */
  readonly ask?: Ask | null;
}

/**
 * Renders one model after another, so that `display(x, {id})` can update its output in place.
 * Nothing of the model is ever inserted as HTML.
 */
export class TensorWidget extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #translation: Translation;
  readonly #wholeMatrix: WholeMatrix | null;
  readonly #choice: TensorChoice = {};
  readonly #ask: Ask | null;
  #latest: TensorData | undefined;
  #leave: () => void = () => {};
  #close: () => void = () => {};

  constructor({ mimeType, translation = untranslated, wholeMatrix = null, ask = null }: TensorWidgetOptions) {
    super();
    this.#mimeType = mimeType;
    this.#translation = translation;
    this.#wholeMatrix = wholeMatrix;
    this.#ask = ask;
    this.addClass("gb-Tensor");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    let tensor: TensorData;
    try {
      tensor = parseTensor(model.data[this.#mimeType]);
    } catch (error) {
      this.#latest = undefined;
      this.node.replaceChildren(createErrorCard(error, model.data["text/plain"], this.#translation));
      return;
    }
    this.#latest = tensor;

    // Invisible, the text form keeps the place of the matrix while KaTeX is on its way, so that
    // the page does not jump. An update leaves the old matrix there until then.
    if (!this.node.hasChildNodes()) {
      this.node.replaceChildren(createTextForm(tensor.text, "gb-mod-waiting"));
    }
    await this.#write(tensor, () => this.#latest === tensor);
    if (this.isDisposed || this.#latest !== tensor) return;
    this.#leave();
    this.#leave = addFollower({
      node: this.node,
      shown: tensor.tex,
      show: (json) => void this.#follow(tensor, json),
    });
    arrived(this.node);
  }

  override dispose(): void {
    this.#leave();
    this.#close();
    super.dispose();
  }

  /** Other numbers in place of those of the output, which stay what is saved. */
  async #follow(own: TensorData, json: unknown): Promise<void> {
    try {
      const now = json === null ? own : { ...parseTensor(json), ...(own.live && { live: own.live }) };
      await this.#write(now, () => this.#latest === own);
    } catch {
      // What the kernel answers is not a tensor: the output stays as it is.
    }
  }

  async #write(tensor: TensorData, isWanted: () => boolean): Promise<void> {
    const content = await this.#contentOf(tensor);
    if (this.isDisposed || !isWanted()) return;
    this.#close();
    this.#close = content.close;
    this.node.replaceChildren(...content.elements);
  }

  async #contentOf(tensor: TensorData): Promise<TensorView> {
    try {
      const [{ typeset }, { createTensorView }] = await Promise.all([
        import("../typeset.ts"),
        import("./tensor-view.ts"),
      ]);
      return createTensorView(tensor, {
        typeset,
        translation: this.#translation,
        wholeMatrix: this.#wholeMatrix,
        ask: this.#ask,
        node: this.node,
        shown: this.#latest?.tex ?? tensor.tex,
        choice: this.#choice,
      });
    } catch {
      // KaTeX did not arrive: the text form says the same.
      return { elements: [createTextForm(tensor.text)], close: () => {} };
    }
  }
}
