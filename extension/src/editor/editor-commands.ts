/** The commands of the help while typing; their keys stand in the settings. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { INotebookTracker } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import { type EditorHelp, helpIn } from "./doorway.ts";

/** What is done in an editor, by the help that is brought in for it. */
type Deed = Exclude<keyof EditorHelp, "helpWhileTyping">;

/** Adds the commands, for the cell at hand; returns their ids. */
export function addEditorCommands(
  commands: JupyterFrontEnd["commands"],
  tracker: INotebookTracker,
  trans: TranslationBundle,
): readonly string[] {
  const add = (name: string, label: string, deed: Deed): string => {
    const id = `gradbook:${name}`;
    commands.addCommand(id, {
      label,
      describedBy: { args: { type: "object", properties: {} } },
      isEnabled: () => tracker.activeCell?.editor instanceof CodeMirrorEditor,
      execute: async () => {
        const editor = tracker.activeCell?.editor;
        if (!(editor instanceof CodeMirrorEditor)) return;
        const help = await helpIn(editor.editor);
        help?.[deed](editor.editor);
      },
    });
    return id;
  };
  return [
    add("show-signature", trans.__("Show Signature"), "showSignature"),
    add("hide-signature", trans.__("Hide Signature"), "hideSignature"),
    add("next-problem", trans.__("Go to Next Problem in Cell"), "goToNextProblem"),
    add("previous-problem", trans.__("Go to Previous Problem in Cell"), "goToPreviousProblem"),
  ];
}
