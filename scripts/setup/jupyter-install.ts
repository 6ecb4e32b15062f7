/** Gradbook in the JupyterLab of `.venv`: the kernel, the extension and how JupyterLab is set. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashFiles } from "./hash-files.ts";
import { environment, programs, root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import type { Step } from "./step.ts";

/** What JupyterLab's settings are until a person changes them. */
const settings = {
  "@jupyterlab/apputils-extension:notification": {
    // Else the first page asks whether to fetch news, and looks for updates.
    fetchNews: "false",
    checkForUpdates: false,
  },
  "@jupyterlab/completer-extension:manager": {
    // Completion while typing, as in any editor that knows types.
    autoCompletion: true,
  },
};

/** Kernelspec, extension and settings in `.venv`. */
export function jupyterInstall(stop: AbortSignal): Step {
  return {
    title: "Kernel and extension",
    doing: "installing into .venv",
    stamp: join(environment, "gradbook-install.json"),
    inputs: {
      folder: root,
      // The kernelspec holds both paths.
      node: process.execPath,
      settings: JSON.stringify(settings),
      files: hashFiles("kernel/{bin,assets}/**/*", "kernel/dist/**/*.js", "extension/labextension/**/*"),
    },
    products: ["kernels/gradbook/kernel.json", "labextensions/@gradbook/jupyterlab/package.json"].map(
      (product) => join(environment, "share", "jupyter", product),
    ),
    async run() {
      const folder = join(environment, "etc", "jupyter", "labconfig");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "default_setting_overrides.json"), `${JSON.stringify(settings, null, 2)}\n`);
      const args = [programs.gradbook, "install", "--prefix", environment];
      await runQuietly({ name: "gradbook install", command: process.execPath, args }, stop);
    },
  };
}
