/** All that the editor of a Gradbook cell has besides JupyterLab's own; loaded with the first key in such a cell. */
import type { Extension } from "@codemirror/state";
import { tooltips } from "@codemirror/view";
import { type CellHost, cellHost } from "./cell-host.ts";
import { notebookSpace } from "./notebook-space.ts";
import { signatureHelp } from "./signature-help.ts";
import { squiggles } from "./squiggles.ts";

export {
  nextDiagnostic as goToNextProblem,
  previousDiagnostic as goToPreviousProblem,
} from "@codemirror/lint";
export { hideSignature, showSignature } from "./signature-help.ts";

/** Squiggles and signatures for one editor. */
export function helpWhileTyping(host: CellHost): Extension {
  return [
    cellHost.of(host),
    // A cell cuts off what reaches over its edge, and the notebook what reaches over its own.
    tooltips({ parent: document.body, tooltipSpace: notebookSpace }),
    squiggles,
    signatureHelp,
  ];
}
