/** Makes the kernel and its JupyterLab extension known to Jupyter, and takes them away again. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOCS, docsOfCheckout } from "./documentation.ts";
import { EXTENSION, GRADER, KERNEL, kernelspec, PACKAGE } from "./kernelspec.ts";
import { launcher, pythonPrefix } from "./python.ts";

/** Installs into a Jupyter data folder, over an earlier installation; returns what to tell. */
export function install(folder: string, withGrader = false): string[] {
  const told: string[] = [];
  for (const name of withGrader ? ([KERNEL, GRADER] as const) : ([KERNEL] as const)) {
    const kernel = join(folder, "kernels", name);
    rmSync(kernel, { recursive: true, force: true });
    mkdirSync(kernel, { recursive: true });
    cpSync(join(PACKAGE, "assets"), kernel, { recursive: true });
    writeFileSync(join(kernel, "kernel.json"), `${JSON.stringify(kernelspec(name), null, 2)}\n`);
    told.push(`Installed the kernel in ${kernel}`);
  }

  const built = builtExtension();
  const extension = join(folder, "labextensions", EXTENSION);
  if (built === undefined) {
    told.push("Left out the JupyterLab extension, which is not built: notebooks work without it");
  } else if (built !== extension) {
    rmSync(extension, { recursive: true, force: true });
    cpSync(built, extension, { recursive: true });
    // That of pip would call this copy its own.
    rmSync(join(extension, "install.json"), { force: true });
    if (existsSync(docsOfCheckout)) cpSync(docsOfCheckout, join(extension, DOCS), { recursive: true });
    told.push(`Installed the JupyterLab extension in ${extension}`);
  }
  return told;
}

/** Takes the kernel and the extension out of a Jupyter data folder; returns what to tell. */
export function uninstall(folder: string): string[] {
  const extension = join(folder, "labextensions", EXTENSION);
  const places = [...[KERNEL, GRADER].map((name) => join(folder, "kernels", name)), extension];
  if (isOfPip(extension)) {
    throw new Error(`Cannot remove what pip has installed in ${folder}: run pip uninstall gradbook`);
  }
  const present = places.filter((place) => existsSync(place));
  for (const place of present) rmSync(place, { recursive: true });
  return present.length > 0 ? present.map((place) => `Removed ${place}`) : [`Found nothing in ${folder}`];
}

/** The extension beside this package: in its checkout, or where pip has put it. */
function builtExtension(): string | undefined {
  const isBuilt = (place: string): boolean => existsSync(join(place, "package.json"));
  const inCheckout = join(PACKAGE, "..", "extension", "labextension");
  if (isBuilt(inCheckout)) return inCheckout;
  if (launcher === undefined) return undefined;
  const byPip = join(pythonPrefix(), "share", "jupyter", "labextensions", EXTENSION);
  return isBuilt(byPip) ? byPip : undefined;
}

function isOfPip(extension: string): boolean {
  const file = join(extension, "install.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).packageManager === "python";
}
