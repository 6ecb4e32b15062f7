/** What Gradbook is measured beside, in `.cache/bench`: packages of npm, and of PyPI in an environment of their own. */
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Turn } from "./lock.ts";
import { npmInstall } from "./npm.ts";
import { cache, pythonOf, root } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import { basePython, pipInstall } from "./python.ts";
import { hashFiles, type Step } from "./step.ts";

const scratch = join(cache, "bench");

/** The rivals in JavaScript. */
export function rivalsOfNode(turn: Turn): Step {
  return {
    title: "Rivals in JavaScript",
    doing: "installing with npm into .cache/bench",
    stamp: join(scratch, "node_modules", "gradbook-rivals.json"),
    inputs: { lock: hashFiles("bench/rivals/*.json") },
    async run() {
      mkdirSync(scratch, { recursive: true });
      for (const file of ["package.json", "package-lock.json"]) {
        copyFileSync(join(root, "bench", "rivals", file), join(scratch, file));
      }
      await npmInstall("npm rivals", scratch, turn);
    },
  };
}

/** The rivals in Python: the same versions that judge the ops. */
export function rivalsOfPython(turn: Turn): Step {
  const requirements = "judges/requirements.txt";
  const folder = join(scratch, "python");
  const base = basePython();
  return {
    title: "Rivals in Python",
    doing: "installing with pip into .cache/bench, some gigabytes",
    stamp: join(folder, "gradbook-rivals.json"),
    inputs: {
      folder: root,
      python: `${base.version} at ${base.executable}`,
      requirements: hashFiles(requirements),
    },
    async run() {
      rmSync(folder, { recursive: true, force: true });
      await runQuietly(
        { name: "venv rivals", command: base.executable, args: ["-I", "-m", "venv", folder] },
        turn,
      );
      await pipInstall("rivals", pythonOf(folder), join(root, requirements), turn, { hashes: false });
    },
  };
}
