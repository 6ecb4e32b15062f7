/** The built library, kernel and JupyterLab extension. */
import { join } from "node:path";
import { hashFiles } from "./hash-files.ts";
import { cache, programs, root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import type { Step } from "./step.ts";

/** TypeScript's output for all rooms, and the extension in the form that JupyterLab loads. */
export function build(stop: AbortSignal): Step {
  return {
    title: "Library, kernel and extension",
    doing: "building",
    stamp: join(cache, "built.json"),
    inputs: {
      sources: hashFiles(
        "{src,kernel/src,extension/src,extension/style,extension/schema}/**/*",
        "{,kernel/,extension/}{package,tsconfig}.json",
        "tsconfig.base.json",
        "package-lock.json",
      ),
    },
    products: ["dist/index.js", "kernel/dist/main.js", "extension/labextension/package.json"].map((p) =>
      join(root, p),
    ),
    async run() {
      const rooms = ["src", "kernel", "extension"];
      await node("tsc", [programs.tsc, "-b", ...rooms], stop);
      const core = join(root, "node_modules", "@jupyterlab", "core-meta", "core.package.json");
      await node("labextension", [programs.builder, "--core-package-file", core, "extension"], stop);
    },
  };
}

function node(name: string, args: string[], stop: AbortSignal): Promise<void> {
  return runQuietly({ name, command: process.execPath, args }, stop);
}
