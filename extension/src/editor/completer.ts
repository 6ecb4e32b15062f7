/** JupyterLab's completer in cells of ours: it comes by itself after a dot, and lets Shift + Tab through. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { FindHost } from "./doorway.ts";

/** JupyterLab's commands, as they stand in its settings. */
const COMPLETE = "completer:invoke-notebook";
const EXPLAIN = "tooltip:launch-notebook";

/** A dot behind a value: a name, a call, a part, a text. In a number it is the decimal point. */
const BEHIND_A_VALUE = /[\w$)\]}"'`]\.$/;
const IN_A_NUMBER = /(?:^|[^\w$.])[\d_]+\.$/;

/** Whether members are asked for where a line ends so. */
export function asksForMembers(before: string): boolean {
  return BEHIND_A_VALUE.test(before) && !IN_A_NUMBER.test(before);
}

/** Proposes what a value has as soon as a dot is typed behind it. */
export function membersAfterDot(commands: JupyterFrontEnd["commands"], find: FindHost): Extension {
  return EditorView.updateListener.of(({ view, transactions, state }) => {
    if (!view.hasFocus || !transactions.some((transaction) => transaction.isUserEvent("input.type"))) return;
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    if (!asksForMembers(line.text.slice(0, head - line.from)) || !find()?.members()) return;
    // Later, when JupyterLab has the text, too.
    setTimeout(() => {
      if (view.hasFocus && view.state === state) void commands.execute(COMPLETE);
    });
  });
}

/** Has Shift + Tab show the tooltip also while the list is open, which takes the key for a step upwards. */
export function explainWhileCompleting(
  commands: JupyterFrontEnd["commands"],
  isOurs: (editor: Element) => boolean,
): void {
  // In front of the list, which listens at the document.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Tab" || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
      const editor = event.target instanceof Element && event.target.closest(".jp-mod-completer-active");
      if (!editor || !isOurs(editor) || !commands.hasCommand(EXPLAIN)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // As a person would close the list; nobody else knows a key that has no number.
      editor.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      void commands.execute(EXPLAIN);
    },
    true,
  );
}
