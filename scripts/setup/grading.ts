/** nbgrader for the tests, in `.cache/grading`: an environment of its own, as a teacher has one. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./command.ts";
import type { Turn } from "./lock.ts";
import { cache, programs, pythonOf, root } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import { basePython, pipInstall } from "./python.ts";
import { hashFiles, type Step } from "./step.ts";

const requirements = "requirements/grading.txt";

/** nbgrader needs this Python; with an older one its tests are left out by name. */
const oldest = 11;

export function gradingOfTests(turn: Turn): Step | undefined {
  const base = basePython();
  if (process.platform !== "linux" || Number(base.version.split(".")[1]) < oldest) return undefined;
  const folder = join(cache, "grading");
  return {
    title: "nbgrader",
    doing: "installing into .cache/grading with pip",
    stamp: join(folder, "gradbook-grading.json"),
    inputs: {
      folder: root,
      node: process.execPath,
      python: `${base.version} at ${base.executable}`,
      requirements: hashFiles(requirements),
    },
    async run() {
      rmSync(folder, { recursive: true, force: true });
      const venv = { name: "venv grading", command: base.executable, args: ["-I", "-m", "venv", folder] };
      await runQuietly(venv, turn);
      try {
        await pipInstall("grading", pythonOf(folder), join(root, requirements), turn);
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        console.log("nbgrader: cannot be had here, so the tests that need it are left out");
        return;
      }
      const args = [programs.gradbook, "install", "--grader", "--prefix", folder];
      await runQuietly({ name: "gradbook install grader", command: process.execPath, args }, turn);
    },
  };
}
