/** Where there is room for a card: within the notebook, out of the completer's way. */
import type { EditorView } from "@codemirror/view";

/** How high JupyterLab's completer may become, in pixels. */
const completerHeight = 300;

/** The notebook with its toolbar: a card goes when the code it is about is scrolled out of it. */
export function notebookSpace({ dom }: EditorView): DOMRect {
  const notebook = dom.closest(".jp-NotebookPanel, .jp-Notebook") ?? document.documentElement;
  return notebook.getBoundingClientRect();
}

/**
 * Whether a card at `position` belongs above its line: it does, unless the completer, which wants to be below,
 * finds too little room there and comes above.
 */
export function belongsAbove(view: EditorView, position: number): boolean {
  const line = view.coordsAtPos(position);
  if (!line) return true;
  const space = notebookSpace(view);
  const below = space.bottom - line.bottom;
  return below >= completerHeight || below >= line.top - space.top;
}
