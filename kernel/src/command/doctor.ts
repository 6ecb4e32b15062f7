/** Checks an installation from the ground up, and says how to mend what is broken. */

import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { allDataFolders, runPython } from "./data-folder.ts";
import { EXTENSION, KERNEL, type Kernelspec } from "./kernelspec.ts";

interface Check {
  readonly title: string;
  /** Returns what was found, or throws what is wrong. */
  readonly look: () => string | Promise<string>;
  readonly wayOut: string;
}

const CHECKS: readonly Check[] = [
  {
    title: "Node",
    look: () => `${process.versions.node} at ${process.execPath}`,
    wayOut: "install Node 24 or newer",
  },
  {
    title: "zeromq, which speaks to Jupyter",
    look: async () => `libzmq ${(await import("zeromq")).version} loads`,
    wayOut: "run npm ci on this machine; a node_modules folder from another system does not work",
  },
  {
    title: "TypeScript engine",
    look: () => {
      const engine = createRequire(import.meta.url)("typescript") as { version: string };
      return `${engine.version} loads`;
    },
    wayOut: "run npm ci",
  },
  {
    title: "Library",
    look: async () => `${Object.keys(await import("gradbook")).length} names for every cell`,
    wayOut: "run npm ci, then build with npm start",
  },
  { title: "Kernelspec", look: kernelspecFound, wayOut: "run gradbook install" },
  { title: "Jupyter", look: jupyterFound, wayOut: "activate the Python environment that has JupyterLab" },
  {
    title: "JupyterLab extension",
    look: () => firstExisting(["labextensions", EXTENSION, "package.json"]),
    wayOut: "build it, then run gradbook install; notebooks work without it",
  },
];

/** Prints one line for each check; returns whether all are well. */
export async function doctor(): Promise<boolean> {
  let well = true;
  for (const { title, look, wayOut } of CHECKS) {
    try {
      console.log(`✓ ${title}: ${await look()}`);
    } catch (error) {
      well = false;
      console.log(`✗ ${title}: ${error instanceof Error ? error.message.split("\n")[0] : error}; ${wayOut}`);
    }
  }
  return well;
}

function kernelspecFound(): string {
  const file = firstExisting(["kernels", KERNEL, "kernel.json"]);
  const { argv } = JSON.parse(readFileSync(file, "utf8")) as Kernelspec;
  const script = argv.find((argument) => argument.endsWith("gradbook.js"));
  accessSync(argv[0], constants.X_OK);
  if (script === undefined || !existsSync(script)) throw new Error(`${file} starts ${script}, which is gone`);
  return file;
}

function jupyterFound(): string {
  const venv = process.env.VIRTUAL_ENV;
  const python = venv
    ? join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python")
    : "python3";
  const script = "import jupyterlab, sys; print(jupyterlab.__version__, 'in', sys.prefix)";
  return `JupyterLab ${runPython(python, script)}`;
}

/** The first Jupyter data folder's file of that path. */
function firstExisting(path: readonly string[]): string {
  const folders = allDataFolders();
  const found = folders.map((folder) => join(folder, ...path)).find((file) => existsSync(file));
  if (!found) throw new Error(`not in ${folders.join(", ")}`);
  return found;
}
