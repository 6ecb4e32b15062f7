/** What JupyterLab finds in this extension: its plugins. */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { tensorPlugin } from "./tensor/tensor-plugin.ts";

const plugins: JupyterFrontEndPlugin<unknown>[] = [tensorPlugin];

export default plugins;
