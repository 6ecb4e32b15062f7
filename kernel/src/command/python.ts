/** The Python that Jupyter runs on. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const isWindows = process.platform === "win32";

/** The Python that pip installed this command for, and that started it; undefined where npm brought it. */
export const launcher: string | undefined = process.env.GRADBOOK_LAUNCHER || undefined;

/** What a script prints on the Python of the active environment; its complaints are left out. */
export function runPython(script: string): string {
  const { VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  // An environment's own Python is the one that counts, whether or not its folder is on the PATH.
  const pythons = launcher
    ? [launcher]
    : VIRTUAL_ENV
      ? [pythonOf(VIRTUAL_ENV)]
      : [...(CONDA_PREFIX ? [condaPythonOf(CONDA_PREFIX)] : []), "python3", "python", "py"];
  let failure: unknown;
  for (const python of pythons) {
    try {
      return execFileSync(python, ["-c", script], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch (error) {
      // Where this name is not known, the next may be the one this machine has.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") failure ??= error;
    }
  }
  throw failure ?? new Error(`none of ${pythons.join(", ")} runs`);
}

/** The folder of the active Python environment. */
export function pythonPrefix(): string {
  try {
    return runPython("import sys; print(sys.prefix)");
  } catch {
    throw new Error("Cannot find the Python environment: no Python runs; use --prefix DIR");
  }
}

function pythonOf(environment: string): string {
  return isWindows ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}

function condaPythonOf(environment: string): string {
  return isWindows ? join(environment, "python.exe") : join(environment, "bin", "python");
}
