/** Brings the lecture to a person who has no checkout of this project. */

import { cpSync, existsSync, globSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { PACKAGE } from "./kernelspec.ts";

/** The notebook to begin with. */
const FIRST = join("lectures", "09-jacobians.ipynb");

/** Copies the notebooks to a folder; those that are there already are left as they are. Returns what to tell. */
export function copyLectures(folder: string): string[] {
  const source = [join(PACKAGE, "notebooks"), join(PACKAGE, "..", "notebooks")].find((place) =>
    existsSync(join(place, FIRST)),
  );
  if (source === undefined) throw new Error(`Cannot find the notebooks that belong to ${PACKAGE}`);
  const told = globSync("*/*.ipynb", { cwd: source })
    .sort()
    .map((name) => {
      const target = join(folder, name);
      if (existsSync(target)) return `Kept ${shown(target)}, which is there already`;
      cpSync(join(source, name), target);
      return `Copied ${shown(target)}`;
    });
  return [...told, `Open the first with: jupyter lab ${quoted(shown(join(folder, FIRST)))}`];
}

/** A path as one would type it here. */
function shown(path: string): string {
  const near = relative(process.cwd(), resolve(path));
  return near.startsWith("..") ? resolve(path) : near;
}

function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
