/** The Python environment `.venv`, with JupyterLab in it. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describePython, findPython, type Python } from "./find-python.ts";
import { hashFiles } from "./hash-files.ts";
import { environment, python, root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import type { Step } from "./step.ts";

/** `.venv` with what everyone needs, made from nothing each time: so nothing of an earlier one stays in it. */
export function pythonEnvironment(stop: AbortSignal): Step {
  const base = basePython();
  return {
    title: "JupyterLab",
    doing: "installing into .venv with pip",
    stamp: join(environment, "gradbook-environment.json"),
    inputs: environmentInputs(base),
    async run() {
      rmSync(environment, { recursive: true, force: true });
      const args = ["-I", "-m", "venv", environment];
      await runQuietly({ name: "venv", command: base.executable, args }, stop);
      await install("jupyterlab", stop);
      // JupyterLab calls a CommonJS program it brings along; our own package.json above would make a module of it.
      writeFileSync(join(environment, "package.json"), '{ "type": "commonjs" }\n');
    },
  };
}

/** What the tests need besides, in the same `.venv`. */
export function pythonTestPackages(stop: AbortSignal): Step {
  return {
    title: "Python test packages",
    doing: "installing into .venv with pip",
    stamp: join(environment, "gradbook-test-packages.json"),
    inputs: { ...environmentInputs(basePython()), requirements: hashFiles("requirements/test.txt") },
    run: () => install("test", stop),
  };
}

/** The Python that the environment was made from, while it works; looking for one takes longer. */
function basePython(): Python {
  const made = process.env.GRADBOOK_PYTHON === undefined ? describePython(python) : undefined;
  return made ?? findPython();
}

/** The folder is among them, as the environment's scripts hold its path. */
function environmentInputs(base: Python): Record<string, string> {
  return {
    folder: root,
    python: `${base.version} at ${base.executable}`,
    requirements: hashFiles("requirements/jupyterlab.txt"),
  };
}

// Isolated (-I), so that neither the person's own packages nor pip settings of theirs in PYTHON variables count; and
// without dependency resolution, as the file names every package there is.
function install(requirements: string, stop: AbortSignal): Promise<void> {
  const file = join(root, "requirements", `${requirements}.txt`);
  const flags = ["--quiet", "--no-deps", "--no-input", "--disable-pip-version-check", "--requirement", file];
  const args = ["-I", "-m", "pip", "install", ...flags];
  return runQuietly({ name: `pip ${requirements}`, command: python, args }, stop);
}
