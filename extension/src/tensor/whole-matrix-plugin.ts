/** The JupyterLab plugin that asks the kernel of a notebook for matrices that are shown in part. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import type { JsonNumber } from "gradbook/graph";
import type { CommKernel } from "../kernel-link/comm-kernel.ts";
import { openRequests } from "../kernel-link/comm-requests.ts";
import { translationDomain, untranslated } from "../translation.ts";
import { isList } from "../untrusted.ts";
import { isJsonNumber, mostEntries } from "./tensor-data.ts";
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

/** The entries of the tensor that `kernel` knows by this id; rejects with the kernel's own sentence, or with ours. */
async function askForTensor(kernel: CommKernel, tensor: string): Promise<readonly JsonNumber[]> {
  const requests = openRequests(kernel, "gradbook.graph");
  try {
    const { data } = await requests.ask({ type: "tensor", tensor });
    if (isList(data, mostEntries, isJsonNumber)) return data;
    throw new Error("Cannot read what the kernel answers: update Gradbook, and start the kernel again");
  } finally {
    requests.dispose();
  }
}
