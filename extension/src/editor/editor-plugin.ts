/** The JupyterLab plugin that helps while a cell is written: squiggles under problems, signatures above calls. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { EditorExtensionRegistry, IEditorExtensionRegistry } from "@jupyterlab/codemirror";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { explainWhileCompleting, membersAfterDot } from "./completer.ts";
import { doorway } from "./doorway.ts";
import { addEditorCommands } from "./editor-commands.ts";
import { EditorSettings } from "./editor-settings.ts";
import { NotebookHosts } from "./notebook-hosts.ts";

const id = "@gradbook/jupyterlab:editor";

/** Asks the notebook's kernel, also while it runs a cell; editors of other kernels are left as they are. */
export const editorPlugin: JupyterFrontEndPlugin<void> = {
  id,
  description: "Shows type and shape errors, and the signatures of calls, while a cell is written",
  autoStart: true,
  requires: [IEditorExtensionRegistry, INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    editors: IEditorExtensionRegistry,
    tracker: INotebookTracker,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("gradbook");
    const settings = new EditorSettings();
    void registry?.load(id).then((loaded) => settings.follow(loaded));

    const hosts = new NotebookHosts(tracker, settings, trans);
    editors.addExtension({
      name: "gradbook",
      factory: ({ model }) =>
        EditorExtensionRegistry.createImmutableExtension([
          doorway(() => hosts.find(model)),
          membersAfterDot(app.commands, () => hosts.find(model)),
        ]),
    });
    explainWhileCompleting(app.commands, (editor) => {
      const cell = tracker.activeCell;
      return cell?.node.contains(editor) === true && hosts.find(cell.model)?.isAnswered() === true;
    });
    for (const command of addEditorCommands(app.commands, tracker, trans)) {
      palette?.addItem({ command, category: trans.__("Gradbook") });
    }
  },
};
