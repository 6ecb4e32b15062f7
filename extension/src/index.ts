/** What JupyterLab finds in this extension: its plugins. */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { derivationPlugin } from "./derivation/derivation-plugin.ts";
import { judgePlugin } from "./derivation/judge-plugin.ts";
import { editorPlugin } from "./editor/editor-plugin.ts";
import { figurePlugin } from "./figure/figure-plugin.ts";
import { graphPlugin } from "./lab/graph-plugin.ts";
import { helpPlugin, variablesPlugin } from "./lab/panels-plugin.ts";
import { startPlugin } from "./lab/start-plugin.ts";
import { askPlugin } from "./live/ask-plugin.ts";
import { tensorPlugin } from "./tensor/tensor-plugin.ts";
import { wholeMatrixPlugin } from "./tensor/whole-matrix-plugin.ts";

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  tensorPlugin,
  wholeMatrixPlugin,
  askPlugin,
  judgePlugin,
  derivationPlugin,
  graphPlugin,
  editorPlugin,
  figurePlugin,
  startPlugin,
  variablesPlugin,
  helpPlugin,
];

export default plugins;
