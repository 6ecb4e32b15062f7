/** The command that opens and closes the side panel, by menu, palette, toolbar and keyboard. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { TranslationBundle } from "@jupyterlab/translation";
import { graphIcon } from "./graph-icon.ts";
import type { GraphPanel } from "./graph-panel.ts";

/** As extension/schema/graph.json knows it. */
export const panelCommand = "gradbook:graph-panel";

/** Adds the command, which is toggled while the panel is to be seen. */
export function addPanelCommand(app: JupyterFrontEnd, panel: GraphPanel, trans: TranslationBundle): void {
  app.commands.addCommand(panelCommand, {
    label: trans.__("Gradbook Graph"),
    caption: trans.__("Show the graph of the backward pass beside the notebook"),
    icon: graphIcon,
    isToggleable: true,
    isToggled: () => panel.isVisible,
    describedBy: { args: { type: "object", properties: {} } },
    execute: () => {
      if (!panel.isVisible) app.shell.activateById(panel.id);
      else if (hasRightSide(app.shell)) app.shell.collapseRight();
    },
  });
  panel.visibilityChanged.connect(() => app.commands.notifyCommandChanged(panelCommand));
}

/** JupyterLab's shell and the one of Notebook 7 both have a side, though their common type does not say so. */
function hasRightSide(shell: object): shell is { collapseRight(): void } {
  return "collapseRight" in shell && typeof shell.collapseRight === "function";
}
