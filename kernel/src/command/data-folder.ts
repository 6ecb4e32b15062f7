/** Finds the folders where Jupyter looks for kernels and extensions. */

import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

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
export function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32" && APPDATA) return join(APPDATA, "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** The folder of the active Python environment. */
function pythonPrefix(): string {
  const known = process.env.VIRTUAL_ENV || process.env.CONDA_PREFIX;
  if (known) return known;
  for (const python of ["python3", "python"]) {
    try {
      return runPython(python, "import sys; print(sys.prefix)");
    } catch {
      // The next name may be the one this machine has.
    }
  }
  throw new Error("Cannot find the Python environment: neither python3 nor python runs; use --prefix DIR");
}

/** All data folders that a Jupyter of this environment reads, the first ones first. */
export function allDataFolders(): string[] {
  const { JUPYTER_PATH = "" } = process.env;
  const separator = process.platform === "win32" ? ";" : ":";
  const folders = [...JUPYTER_PATH.split(separator).filter(Boolean), userDataFolder()];
  try {
    folders.push(join(pythonPrefix(), "share", "jupyter"));
  } catch {
    // Without Python there is no environment to look in.
  }
  folders.push("/usr/local/share/jupyter", "/usr/share/jupyter");
  return [...new Set(folders)];
}

/** What a Python script prints; its complaints are left out. */
export function runPython(python: string, script: string): string {
  return execFileSync(python, ["-c", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
