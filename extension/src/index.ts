/** What JupyterLab finds in this extension: its plugins. */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { graphPlugin } from "./lab/graph-plugin.ts";
import { tensorPlugin } from "./tensor-plugin.ts";

const plugins: JupyterFrontEndPlugin<unknown>[] = [tensorPlugin, graphPlugin];

export default plugins;
