/** Checks an installation from the ground up, and says how to mend what is broken. */

import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { allDataFolders } from "./data-folder.ts";
import { grader } from "./grader.ts";
import { EXTENSION, KERNEL, type Kernelspec } from "./kernelspec.ts";
import { launcher, runPython } from "./python.ts";

interface Check {
  readonly title: string;
  /** Returns what was found, or throws what is wrong. */
  readonly look: () => string | Promise<string>;
  readonly wayOut: string;
  /** Who needs it, where not everybody does: then an installation without it is well, too. */
  readonly onlyFor?: string;
}

/** How to get the packages again. */
const again = launcher ? "run pip install --force-reinstall gradbook" : "run npm ci";

const CHECKS: readonly Check[] = [
  {
    title: "Node",
    look: () => `${process.versions.node} at ${process.execPath}`,
    wayOut: "install Node 24 or newer",
  },
  {
    title: "zeromq, which speaks to Jupyter",
    look: async () => `libzmq ${(await import("zeromq")).version} loads`,
    wayOut: launcher
      ? again
      : `${again} on this machine; a node_modules folder from another system does not work`,
  },
  {
    title: "TypeScript engine",
    look: () => {
      const engine = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as { version: string };
      return `${engine.version} loads`;
    },
    wayOut: again,
  },
  {
    title: "Library",
    look: async () => `${Object.keys(await import("gradbook")).length} names for every cell`,
    wayOut: launcher ? again : `${again}, then build with npm start`,
  },
  { title: "Kernelspec", look: kernelspecFound, wayOut: "run gradbook install" },
  { title: "Jupyter", look: jupyterFound, wayOut: "activate the Python environment that has JupyterLab" },
  {
    title: "JupyterLab extension",
    look: () => firstExisting(["labextensions", EXTENSION, "package.json"]),
    wayOut: launcher ? again : "build it, then run gradbook install; notebooks work without it",
  },
  {
    title: "Sandbox for students' code",
    look: async () => (await grader()).sandboxFound(),
    wayOut: "",
    onlyFor: "only those who grade need it",
  },
];

/** Prints one line for each check; returns whether all are well. */
export async function doctor(): Promise<boolean> {
  let well = true;
  for (const { title, look, wayOut, onlyFor } of CHECKS) {
    try {
      console.log(`✓ ${title}: ${await look()}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message.split("\n")[0] : error;
      if (onlyFor === undefined) well = false;
      console.log(`${onlyFor === undefined ? "✗" : "·"} ${title}: ${reason}; ${onlyFor ?? wayOut}`);
    }
  }
  return well;
}

function kernelspecFound(): string {
  const file = firstExisting(["kernels", KERNEL, "kernel.json"]);
  const { argv } = JSON.parse(readFileSync(file, "utf8")) as Kernelspec;
  const [program, ...rest] = argv;
  if (/^python\d*(\.\d+)?$/.test(program)) {
    // Jupyter takes its own Python for this name.
    runPython("import gradbook");
    return file;
  }
  accessSync(program, constants.X_OK);
  const script = rest.find((argument) => argument.endsWith("gradbook.js"));
  if (script !== undefined && !existsSync(script)) throw new Error(`${file} starts ${script}, which is gone`);
  return file;
}

function jupyterFound(): string {
  return `JupyterLab ${runPython("import jupyterlab, sys; print(jupyterlab.__version__, 'in', sys.prefix)")}`;
}

/** The first Jupyter data folder's file of that path. */
function firstExisting(path: readonly string[]): string {
  const folders = allDataFolders();
  const found = folders.map((folder) => join(folder, ...path)).find((file) => existsSync(file));
  if (!found) throw new Error(`not in ${folders.join(", ")}`);
  return found;
}
