/** The output of one tensor: its matrix by KaTeX, or its text form where KaTeX is not available. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { createErrorCard, createTextForm } from "../fallbacks.ts";
import { type Translation, untranslated } from "../translation.ts";
import { parseTensor, type TensorData } from "./tensor-data.ts";
import type { TensorChoice } from "./tensor-view.ts";
import type { WholeMatrix } from "./whole-matrix.ts";

/** What the widget is made with. */
export interface TensorWidgetOptions {
  readonly mimeType: string;
  readonly translation?: Translation;
  readonly wholeMatrix?: WholeMatrix | null;
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
  #latest: TensorData | undefined;

  constructor({ mimeType, translation = untranslated, wholeMatrix = null }: TensorWidgetOptions) {
    super();
    this.#mimeType = mimeType;
    this.#translation = translation;
    this.#wholeMatrix = wholeMatrix;
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
    const content = await this.#contentOf(tensor);
    if (!this.isDisposed && this.#latest === tensor) this.node.replaceChildren(...content);
  }

  async #contentOf(tensor: TensorData): Promise<readonly HTMLElement[]> {
    try {
      const [{ typeset }, { createTensorView }] = await Promise.all([
        import("../typeset.ts"),
        import("./tensor-view.ts"),
      ]);
      return createTensorView(tensor, {
        typeset,
        translation: this.#translation,
        wholeMatrix: this.#wholeMatrix,
        choice: this.#choice,
      });
    } catch {
      // KaTeX did not arrive: the text form says the same.
      return [createTextForm(tensor.text)];
    }
  }
}
