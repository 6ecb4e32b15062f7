/** The JupyterLab plugin that carries questions of outputs to the kernel of their notebook. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { openRequests } from "../kernel-link/comm-requests.ts";
import { translationDomain, untranslated } from "../translation.ts";
import { type Ask, IAsk } from "./ask.ts";

/** Provides `IAsk` for the outputs of notebooks. */
export const askPlugin: JupyterFrontEndPlugin<Ask> = {
  id: "@gradbook/jupyterlab:ask",
  description: "Lets the numbers in outputs be changed and asked about",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator],
  provides: IAsk,
  activate: (_app: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null): Ask => {
    const translation = translator?.load(translationDomain) ?? untranslated;
    return async (node, question) => {
      const notebook = tracker.find((panel) => panel.node.contains(node));
      const kernel = notebook?.sessionContext.session?.kernel;
      if (!kernel) throw new Error(translation.__("Cannot ask the kernel: the notebook has none"));
      const requests = openRequests(kernel, "gradbook.graph");
      try {
        return await requests.ask(question);
      } finally {
        requests.dispose();
      }
    };
  },
};
