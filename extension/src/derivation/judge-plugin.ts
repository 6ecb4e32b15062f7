/** The JupyterLab plugin that asks the kernel of a notebook whether a formula holds. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { type Ask, IAsk } from "../live/ask.ts";
import { IJudge, type Judge } from "./judge.ts";

/** Provides `IJudge` for the outputs of notebooks. */
export const judgePlugin: JupyterFrontEndPlugin<Judge> = {
  id: "@gradbook/jupyterlab:judge",
  description: "Asks the kernel whether a formula that a reader predicts holds",
  autoStart: true,
  requires: [IAsk],
  provides: IJudge,
  activate:
    (_app: JupyterFrontEnd, ask: Ask): Judge =>
    async (node, claim) => {
      const { verdict, message } = await ask(node, { type: "judge", claim });
      const holds = verdict === "holds" ? true : verdict === "fails" ? false : null;
      return { holds, message: typeof message === "string" ? message : "" };
    },
};
