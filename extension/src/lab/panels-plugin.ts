/** The JupyterLab plugins that show the tensors of a notebook, and the names of the library, beside it. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { infoIcon, listIcon } from "@jupyterlab/ui-components";
import type { Widget } from "@lumino/widgets";
import { type Translation, translationDomain, untranslated } from "../translation.ts";
import { HelpPanel } from "./help-panel.ts";
import { VariablesPanel } from "./variables-panel.ts";
import { widenSide } from "./widen-side.ts";

const show = "gradbook:variables";
const help = "gradbook:help";

/** Pixels in which an example can be read. */
const COMFORTABLE = 380;

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
    addPanel(panel, 860, { app, palette, restorer, trans }, show, {
      label: trans.__("Gradbook Variables"),
      caption: trans.__("The tensors of the notebook, with their shapes and gradients"),
      execute: () => app.shell.activateById(panel.id),
    });
  },
};

/** Adds the panel at the right side, its command, and its entry of the Help menu. */
export const helpPlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:help",
  description: "Lists the names of the library by task, to be searched, with examples to insert",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IMainMenu, ICommandPalette, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    menu: IMainMenu | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null,
  ) => {
    const trans = translator?.load(translationDomain) ?? untranslated;
    const panel = new HelpPanel(tracker, trans);
    panel.title.icon = infoIcon;
    addPanel(panel, 870, { app, palette, restorer, trans }, help, {
      label: trans.__("Gradbook Help"),
      caption: trans.__("All names by task, with what they do and examples"),
      execute: () => {
        app.shell.activateById(panel.id);
        widenSide(panel, COMFORTABLE);
        panel.search();
      },
    });
    menu?.helpMenu.addGroup([{ command: help }], 0);
  },
};

/** What a panel is added to. */
interface Surroundings {
  readonly app: JupyterFrontEnd;
  readonly palette: ICommandPalette | null;
  readonly restorer: ILayoutRestorer | null;
  readonly trans: Translation;
}

/** Adds a panel at the right side, where it is again after a reload, and the command that brings it into view. */
function addPanel(
  panel: Widget,
  rank: number,
  { app, palette, restorer, trans }: Surroundings,
  command: string,
  options: { readonly label: string; readonly caption: string; readonly execute: () => void },
): void {
  app.shell.add(panel, "right", { rank, type: "Gradbook" });
  restorer?.add(panel, panel.id);
  app.commands.addCommand(command, {
    ...options,
    describedBy: { args: { type: "object", properties: {} } },
  });
  palette?.addItem({ command, category: trans.__("Gradbook") });
}
