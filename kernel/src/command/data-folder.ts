/** Finds the folders where Jupyter looks for kernels and extensions. */

import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pythonPrefix } from "./python.ts";

export interface Target {
  readonly user: boolean;
  readonly sysPrefix: boolean;
  readonly prefix: string | undefined;
}

/** The data folder that a target means; its parts are `kernels` and `labextensions`. */
export function dataFolder({ user, sysPrefix, prefix }: Target): string {
  if (Number(user) + Number(sysPrefix) + Number(prefix !== undefined) > 1) {
    throw new Error("Cannot choose a folder: give one of --user, --sys-prefix and --prefix");
  }
  if (prefix !== undefined) return join(resolve(prefix), "share", "jupyter");
  return sysPrefix ? join(pythonPrefix(), "share", "jupyter") : userDataFolder();
}

/** Where Jupyter keeps what belongs to one user. */
function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32" && APPDATA) return join(APPDATA, "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** All data folders that a Jupyter of this environment reads, the first ones first. */
export function allDataFolders(): string[] {
  const { JUPYTER_PATH = "", PROGRAMDATA } = process.env;
  const folders = [...JUPYTER_PATH.split(delimiter).filter(Boolean), userDataFolder()];
  try {
    folders.push(join(pythonPrefix(), "share", "jupyter"));
  } catch {
    // Without Python there is no environment to look in.
  }
  if (process.platform !== "win32") folders.push("/usr/local/share/jupyter", "/usr/share/jupyter");
  else if (PROGRAMDATA) folders.push(join(PROGRAMDATA, "jupyter"));
  return [...new Set(folders)];
}
