/** The command that opens and closes the side panel, by menu, palette, toolbar and keyboard. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { TranslationBundle } from "@jupyterlab/translation";
import { graphIcon } from "./graph-icon.ts";
import type { GraphPanel } from "./graph-panel.ts";
import { widenSide } from "./widen-side.ts";

/** As extension/schema/graph.json knows it. */
export const panelCommand = "gradbook:graph-panel";

/** Pixels in which a small graph can be read; JupyterLab's sides open with some 250. */
const comfortableWidth = 460;

/** Adds the command, which is toggled while the panel is visible. */
export function addPanelCommand(app: JupyterFrontEnd, panel: GraphPanel, trans: TranslationBundle): void {
  app.commands.addCommand(panelCommand, {
    label: trans.__("Gradbook Graph"),
    caption: trans.__("Show the graph of the backward pass beside the notebook"),
    icon: graphIcon,
    isToggleable: true,
    isToggled: () => panel.isVisible,
    describedBy: { args: { type: "object", properties: {} } },
    execute: () => {
      if (!panel.isVisible) openPanel(app, panel);
      else if (hasRightSide(app.shell)) app.shell.collapseRight();
    },
  });
  panel.visibilityChanged.connect(() => app.commands.notifyCommandChanged(panelCommand));
}

/** Brings the panel into view, with the keyboard in it. */
export function openPanel({ shell }: JupyterFrontEnd, panel: GraphPanel): void {
  shell.activateById(panel.id);
  widenSide(panel, comfortableWidth);
}

/** JupyterLab's shell and the one of Notebook 7 both have a side, though their common type does not say so. */
function hasRightSide(shell: object): shell is { collapseRight(): void } {
  return "collapseRight" in shell && typeof shell.collapseRight === "function";
}
