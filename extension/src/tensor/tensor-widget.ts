/** The output of one tensor: its matrix by KaTeX, or its text form where that is not to be had. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { createCopyButton } from "../copy-button.ts";
import { createErrorCard } from "../error-card.ts";
import { createTextForm } from "../text-form.ts";
import { describeTensor, parseTensor, type TensorData } from "./tensor-data.ts";

/**
 * Renders one model after another, so that `display(x, {id})` can update its output in place.
 * Nothing of the model is ever inserted as HTML.
 */
export class TensorWidget extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  #latest: TensorData | undefined;

  constructor(mimeType: string) {
    super();
    this.#mimeType = mimeType;
    this.addClass("gb-Tensor");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    let tensor: TensorData;
    try {
      tensor = parseTensor(model.data[this.#mimeType]);
    } catch (error) {
      this.#latest = undefined;
      this.node.replaceChildren(createErrorCard(error, model.data["text/plain"]));
      return;
    }
    this.#latest = tensor;

    // Invisible, the text form keeps the place of the matrix while KaTeX is on its way, so that
    // the page does not jump. An update leaves the old matrix there until then.
    if (!this.node.hasChildNodes()) {
      this.node.replaceChildren(createTextForm(tensor.text, "gb-mod-waiting"));
    }
    const math = await createMath(tensor);
    if (this.isDisposed || this.#latest !== tensor) return;

    const label = tensor.name === null ? "Copy as LaTeX" : `Copy ${tensor.name} as LaTeX`;
    this.node.replaceChildren(math, createCopyButton(tensor.tex, label));
  }
}

async function createMath(tensor: TensorData): Promise<HTMLElement> {
  const math = document.createElement("div");
  math.className = "gb-Tensor-math";
  math.setAttribute("role", "group");
  math.setAttribute("aria-label", describeTensor(tensor));
  try {
    const { typeset } = await import("../typeset.ts");
    typeset(tensor.tex, math);
  } catch {
    // KaTeX did not arrive or refuses this LaTeX: the text form says the same.
    math.replaceChildren(createTextForm(tensor.text));
  }
  return math;
}
