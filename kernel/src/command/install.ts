/** Makes the kernel and its JupyterLab extension known to Jupyter, and takes them away again. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION, KERNEL, kernelspec, PACKAGE } from "./kernelspec.ts";
import { launcher, pythonPrefix } from "./python.ts";

/** Installs into a Jupyter data folder, over an earlier installation; returns what to tell. */
export function install(folder: string): string[] {
  const kernel = join(folder, "kernels", KERNEL);
  rmSync(kernel, { recursive: true, force: true });
  mkdirSync(kernel, { recursive: true });
  cpSync(join(PACKAGE, "assets"), kernel, { recursive: true });
  writeFileSync(join(kernel, "kernel.json"), `${JSON.stringify(kernelspec(), null, 2)}\n`);
  const told = [`Installed the kernel in ${kernel}`];

  const built = builtExtension();
  const extension = join(folder, "labextensions", EXTENSION);
  if (built === undefined) {
    told.push("Left out the JupyterLab extension, which is not built: notebooks work without it");
  } else if (built !== extension) {
    rmSync(extension, { recursive: true, force: true });
    cpSync(built, extension, { recursive: true });
    // That of pip would call this copy its own.
    rmSync(join(extension, "install.json"), { force: true });
    told.push(`Installed the JupyterLab extension in ${extension}`);
  }
  return told;
}

/** Takes the kernel and the extension out of a Jupyter data folder; returns what to tell. */
export function uninstall(folder: string): string[] {
  const places = [join(folder, "kernels", KERNEL), join(folder, "labextensions", EXTENSION)];
  if (isOfPip(places[1])) {
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
