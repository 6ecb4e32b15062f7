/** The JupyterLab plugin that shows tensors by our renderer wherever outputs are shown. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ITranslator } from "@jupyterlab/translation";
import { type Ask, IAsk } from "../live/ask.ts";
import { translationDomain, untranslated } from "../translation.ts";
import { tensorMimeType } from "./tensor-data.ts";
import { TensorWidget } from "./tensor-widget.ts";
import { IWholeMatrix, type WholeMatrix } from "./whole-matrix.ts";

/** Renders `application/vnd.gradbook.tensor.v1+json`; without it the same output shows its `text/latex`. */
export const tensorPlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:tensor",
  description: "Shows a Gradbook tensor as a matrix under its name",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator, IWholeMatrix, IAsk],
  activate: (
    _app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    wholeMatrix: WholeMatrix | null,
    ask: Ask | null,
  ) => {
    const translation = translator?.load(translationDomain) ?? untranslated;
    rendermime.addFactory({
      // The data are only read, never run or inserted as HTML, so notebooks that are not trusted yet show them too.
      safe: true,
      mimeTypes: [tensorMimeType],
      // Before text/html (50) and text/latex (70), which stand in the same output for every other reader.
      defaultRank: 10,
      createRenderer: ({ mimeType }) => new TensorWidget({ mimeType, translation, wholeMatrix, ask }),
    });
  },
};
