/** The JupyterLab plugin that shows the tensors of a notebook beside it. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { listIcon } from "@jupyterlab/ui-components";
import { translationDomain, untranslated } from "../translation.ts";
import { VariablesPanel } from "./variables-panel.ts";

const show = "gradbook:variables";

/** Adds the panel at the right side, and the command that brings it into view. */
export const variablesPlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:variables",
  description: "Lists the tensors of a notebook, with their shapes and gradients",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null,
  ) => {
    const trans = translator?.load(translationDomain) ?? untranslated;
    const panel = new VariablesPanel(tracker, trans);
    panel.title.icon = listIcon;
    app.shell.add(panel, "right", { rank: 860, type: "Gradbook" });
    restorer?.add(panel, panel.id);
    app.commands.addCommand(show, {
      label: trans.__("Gradbook Variables"),
      caption: trans.__("The tensors of the notebook, with their shapes and gradients"),
      describedBy: { args: { type: "object", properties: {} } },
      execute: () => app.shell.activateById(panel.id),
    });
    palette?.addItem({ command: show, category: trans.__("Gradbook") });
  },
};
