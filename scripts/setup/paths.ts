/** Where things stand in the checkout that these scripts belong to. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const isWindows = process.platform === "win32";

/** The checkout's own folder. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the set-up makes and git ignores: the locks, logs and downloads. */
export const cache: string = join(root, ".cache");

/** Where the JupyterLab of `npm start` keeps settings, trust and the like. */
export const jupyterHome: string = join(cache, "jupyter");

/** The Python environment that holds JupyterLab. */
export const environment: string = join(root, ".venv");

/** Where the environment is made before it takes its place; as many letters, so that one name can replace the other. */
export const environmentDraft: string = join(root, ".vnew");

/** Where programs stand in a Python environment. */
export const programsOf = (folder: string): string => join(folder, isWindows ? "Scripts" : "bin");

/** The Python of an environment. */
export const pythonOf = (folder: string): string =>
  join(programsOf(folder), isWindows ? "python.exe" : "python");

/**
 * The Python of `.venv`. Programs are called as `python -m name`: the scripts beside it have the absolute path of this
 * folder written into them, and break when it moves.
 */
export const python: string = pythonOf(environment);

/** The command-line programs of the Node packages, each the JavaScript file itself: `.bin` may hold another version. */
export const programs: Readonly<Record<"builder" | "biome" | "gradbook" | "tsc" | "vitest", string>> = {
  builder: join(root, "node_modules", "@jupyter", "builder", "lib", "build-labextension.js"),
  biome: join(root, "node_modules", "@biomejs", "biome", "bin", "biome"),
  gradbook: join(root, "kernel", "bin", "gradbook.js"),
  tsc: join(root, "node_modules", "typescript", "bin", "tsc"),
  vitest: join(root, "node_modules", "vitest", "vitest.mjs"),
};
