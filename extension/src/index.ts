/** What JupyterLab finds in this extension: its plugins. */
export { tensorPlugin as default } from "./tensor-plugin.ts";
