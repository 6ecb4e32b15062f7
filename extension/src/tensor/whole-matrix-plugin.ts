/** The JupyterLab plugin that asks the kernel of a notebook for matrices that are shown in part. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { translationDomain, untranslated } from "../translation.ts";
import { askForTensor } from "./ask-for-tensor.ts";
import { IWholeMatrix, type WholeMatrix } from "./whole-matrix.ts";

/** Provides `IWholeMatrix` for the outputs of notebooks. */
export const wholeMatrixPlugin: JupyterFrontEndPlugin<WholeMatrix> = {
  id: "@gradbook/jupyterlab:whole-matrix",
  description: "Asks the kernel for all entries of a tensor that is shown in part",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator],
  provides: IWholeMatrix,
  activate: (_app: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null) => {
    const translation = translator?.load(translationDomain) ?? untranslated;
    return async (node, tensor) => {
      const notebook = tracker.find((panel) => panel.node.contains(node));
      const kernel = notebook?.sessionContext.session?.kernel;
      if (!kernel) throw new Error(translation.__("Cannot ask the kernel: the notebook has none"));
      return await askForTensor(kernel, tensor);
    };
  },
};
