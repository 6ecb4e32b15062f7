/** The way from a node of a graph to the line of the notebook that computed it. */
import { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { Notebook } from "@jupyterlab/notebook";
import type { GraphPlace } from "gradbook/graph";
import { findCell } from "./find-cell.ts";

/** How long the line is marked, in milliseconds: long enough for the eye to arrive. */
const flashTime = 1500;

/** Scrolls to `place`, puts the cursor there and marks the line for a moment; false where that cell is gone. */
export async function revealPlace(notebook: Notebook, place: GraphPlace): Promise<boolean> {
  const index = findCell(notebook.widgets, place);
  const cell = notebook.widgets[index];
  if (cell === undefined) return false;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  await notebook.scrollToCell(cell, "smart");
  await cell.ready;
  const { editor } = cell;
  if (editor === null) return true;
  notebook.mode = "edit";
  // A cell that was edited since may have fewer lines.
  const line = Math.min(Math.max(place.line, 1), editor.lineCount) - 1;
  const position = { line, column: 0 };
  editor.setCursorPosition(position);
  editor.focus();
  editor.revealPosition(position);
  if (editor instanceof CodeMirrorEditor) flashLine(editor, line);
  return true;
}

function flashLine({ editor: view }: CodeMirrorEditor, line: number): void {
  const at = view.domAtPos(view.state.doc.line(line + 1).from).node;
  const element = (at instanceof Element ? at : at.parentElement)?.closest(".cm-line");
  const marked = { boxShadow: "inset 3px 0 0 var(--jp-brand-color1)", background: "var(--jp-brand-color3)" };
  // An animation, as CodeMirror undoes what others do to the classes and styles of its lines.
  element?.animate([marked, { ...marked, offset: 0.6 }, {}], { duration: flashTime });
}
