/** The JupyterLab plugin that shows graphs: in the outputs of cells, and in a panel at the side. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, IToolbarWidgetRegistry } from "@jupyterlab/apputils";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { GRAPH_MIME } from "gradbook/graph";
import { createGraphButton } from "./graph-button.ts";
import { GraphHost, type OpenInPanel } from "./graph-host.ts";
import { GraphOutput } from "./graph-output.ts";
import { GraphPanel } from "./graph-panel.ts";
import { LiveSettings } from "./graph-settings.ts";
import { addPanelCommand, openPanel, panelCommand } from "./panel-command.ts";

const id = "@gradbook/jupyterlab:graph";

/** Renders `application/vnd.gradbook.graph.v1+json`; without it the same output shows its SVG, or its text. */
export const graphPlugin: JupyterFrontEndPlugin<void> = {
  id,
  description: "Shows the graph of a computation and its backward pass, step by step",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  // Each of these is missing in one page or another of JupyterLab and Notebook.
  optional: [
    INotebookTracker,
    ISettingRegistry,
    ITranslator,
    ICommandPalette,
    IToolbarWidgetRegistry,
    ILayoutRestorer,
  ],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    tracker: INotebookTracker | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    toolbars: IToolbarWidgetRegistry | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("gradbook");
    const settings = new LiveSettings(registry, id);
    const host = new GraphHost({ tracker, trans, settings });
    const createOutput = (mimeType: string, openInPanel: OpenInPanel | null) =>
      new GraphOutput({
        mimeType,
        services: (shown) => host.servicesFor(shown, openInPanel),
        settingsChanged: settings.changed,
      });
    const createView = () => createOutput(GRAPH_MIME, null);
    const panel = tracker && new GraphPanel({ tracker, trans, createView });
    const openInPanel: OpenInPanel | null =
      panel &&
      ((notebook, output) => {
        void panel.open(notebook, output);
        openPanel(app, panel);
      });
    if (panel) {
      app.shell.add(panel, "right", { rank: 850, type: "Gradbook" });
      addPanelCommand(app, panel, trans);
      restorer?.add(panel, panel.id);
      palette?.addItem({ command: panelCommand, category: trans.__("Gradbook") });
      toolbars?.addFactory<NotebookPanel>("Notebook", "gradbook-graph", (notebook) =>
        createGraphButton(app.commands, notebook),
      );
    }
    rendermime.addFactory({
      // The data are only read, never run or inserted as HTML, so notebooks that are not trusted yet show them too.
      safe: true,
      mimeTypes: [GRAPH_MIME],
      // Before image/svg+xml (80), which stands in the same output for every other reader.
      defaultRank: 10,
      createRenderer: ({ mimeType }) => createOutput(mimeType, openInPanel),
    });
  },
};
