/** Makes the kernel and its JupyterLab extension known to Jupyter, and takes them away again. */

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION, GRADER, KERNEL, kernelspec, PACKAGE } from "./kernelspec.ts";

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

  const built = join(PACKAGE, "..", "extension", "labextension");
  if (existsSync(join(built, "package.json"))) {
    const extension = join(folder, "labextensions", EXTENSION);
    rmSync(extension, { recursive: true, force: true });
    cpSync(built, extension, { recursive: true });
    told.push(`Installed the JupyterLab extension in ${extension}`);
  } else {
    told.push("Left out the JupyterLab extension, which is not built: notebooks work without it");
  }
  return told;
}

/** Takes the kernel and the extension out of a Jupyter data folder; returns what to tell. */
export function uninstall(folder: string): string[] {
  const kernels = [KERNEL, GRADER].map((name) => join(folder, "kernels", name));
  const places = [...kernels, join(folder, "labextensions", EXTENSION)];
  const present = places.filter((place) => existsSync(place));
  for (const place of present) rmSync(place, { recursive: true });
  return present.length > 0 ? present.map((place) => `Removed ${place}`) : [`Found nothing in ${folder}`];
}
