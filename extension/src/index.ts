/** What JupyterLab finds in this extension: its plugins. */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { editorPlugin } from "./editor/editor-plugin.ts";
import { tensorPlugin } from "./tensor/tensor-plugin.ts";

const plugins: JupyterFrontEndPlugin<unknown>[] = [tensorPlugin, editorPlugin];

export default plugins;
