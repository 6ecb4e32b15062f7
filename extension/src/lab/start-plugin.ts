/** The JupyterLab plugin for whoever begins: a card in the launcher, and entries of the Help menu. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { ILauncher } from "@jupyterlab/launcher";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { INotebookTracker, NotebookActions } from "@jupyterlab/notebook";
import { ITranslator } from "@jupyterlab/translation";
import { translationDomain, untranslated } from "../translation.ts";
import { graphIcon } from "./graph-icon.ts";

const start = "gradbook:start";
const sheet = "gradbook:cheat-sheet";

/** Where the lectures lie: as the project has them, beside it, and as the Python package copies them. */
const FOLDERS = ["lectures", "notebooks/lectures", "gradbook-lectures"];
const FIRST = "09-jacobians.ipynb";

/** Adds the commands, and the places where they are found. */
export const startPlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:start",
  description: "A card in the launcher and entries of the Help menu for who begins with Gradbook",
  autoStart: true,
  optional: [ILauncher, IMainMenu, INotebookTracker, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    launcher: ILauncher | null,
    menu: IMainMenu | null,
    tracker: INotebookTracker | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const trans = translator?.load(translationDomain) ?? untranslated;
    const none = { args: { type: "object", properties: {} } } as const;
    app.commands.addCommand(start, {
      label: trans.__("Gradbook: start here"),
      caption: trans.__(
        "The first lecture; or, where there is none, a notebook with a sheet of what there is",
      ),
      icon: graphIcon,
      describedBy: none,
      execute: async () => {
        const lecture = await findLecture(app);
        if (lecture !== null) return await app.commands.execute("docmanager:open", { path: lecture });
        await app.commands.execute("notebook:create-new", { kernelName: "gradbook" });
        await app.commands.execute(sheet);
      },
    });
    app.commands.addCommand(sheet, {
      label: trans.__("Gradbook Cheat Sheet"),
      caption: trans.__(
        "help() in a cell of the notebook: names by task, and what NumPy and PyTorch call them",
      ),
      describedBy: none,
      isEnabled: () => tracker?.currentWidget != null,
      execute: async () => {
        const notebook = tracker?.currentWidget;
        if (!notebook) return;
        await notebook.context.ready;
        await notebook.sessionContext.ready;
        if (notebook.content.activeCell?.model.sharedModel.getSource() !== "") {
          NotebookActions.insertBelow(notebook.content);
        }
        notebook.content.activeCell?.model.sharedModel.setSource("help()");
        await NotebookActions.run(notebook.content, notebook.sessionContext);
      },
    });
    launcher?.add({ command: start, category: trans.__("Gradbook"), rank: 0 });
    menu?.helpMenu.addGroup([{ command: start }, { command: sheet }], 0);
    for (const command of [start, sheet]) palette?.addItem({ command, category: trans.__("Gradbook") });
  },
};

/** The path of the first lecture; `null` where it is not among the files of the server. */
async function findLecture({ serviceManager }: JupyterFrontEnd): Promise<string | null> {
  for (const folder of FOLDERS) {
    try {
      const path = `${folder}/${FIRST}`;
      await serviceManager.contents.get(path, { content: false });
      return path;
    } catch {
      // It is not there: perhaps in the next one.
    }
  }
  return null;
}
