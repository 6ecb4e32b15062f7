/** The JupyterLab plugin that asks the kernel of a notebook whether a formula holds. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { openRequests } from "../kernel-link/comm-requests.ts";
import { translationDomain, untranslated } from "../translation.ts";
import { IJudge, type Judge } from "./judge.ts";

/** Provides `IJudge` for the outputs of notebooks. */
export const judgePlugin: JupyterFrontEndPlugin<Judge> = {
  id: "@gradbook/jupyterlab:judge",
  description: "Asks the kernel whether a formula that a reader predicts holds",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator],
  provides: IJudge,
  activate: (_app: JupyterFrontEnd, tracker: INotebookTracker, translator: ITranslator | null) => {
    const translation = translator?.load(translationDomain) ?? untranslated;
    return async (node, claim) => {
      const notebook = tracker.find((panel) => panel.node.contains(node));
      const kernel = notebook?.sessionContext.session?.kernel;
      if (!kernel) throw new Error(translation.__("Cannot ask the kernel: the notebook has none"));
      const requests = openRequests(kernel, "gradbook.graph");
      try {
        const { verdict, message } = await requests.ask({ type: "judge", claim });
        const holds = verdict === "holds" ? true : verdict === "fails" ? false : null;
        return { holds, message: typeof message === "string" ? message : "" };
      } finally {
        requests.dispose();
      }
    };
  },
};
