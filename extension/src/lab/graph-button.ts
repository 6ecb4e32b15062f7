/** The button of the side panel in the toolbar of a notebook. */
import type { ISessionContext } from "@jupyterlab/apputils";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { CommandToolbarButton } from "@jupyterlab/ui-components";
import type { CommandRegistry } from "@lumino/commands";
import { panelCommand } from "./panel-command.ts";

/** Hidden in notebooks of other kernels, which draw no graphs. */
export function createGraphButton(commands: CommandRegistry, notebook: NotebookPanel): CommandToolbarButton {
  const button = new CommandToolbarButton({ commands, id: panelCommand, label: "" });
  const { sessionContext } = notebook;
  const update = () => {
    if (!button.isDisposed) button.setHidden(!isOurs(sessionContext));
  };
  sessionContext.kernelChanged.connect(update);
  void sessionContext.ready.then(update);
  update();
  return button;
}

/** By the kernel that runs, or else by the one that the notebook asks for. */
function isOurs({ session, kernelPreference }: ISessionContext): boolean {
  return (session?.kernel?.name ?? kernelPreference.name) === "gradbook";
}
