/** The set-up: what a command needs, in the order in which it can be had. */
import { join } from "node:path";
import { queueOfTests, sandboxOfTests } from "./debian.ts";
import { build, documentation, jupyterInstall, trustedNotebooks } from "./gradbook.ts";
import { gradingOfTests } from "./grading.ts";
import { type Turn, withLock } from "./lock.ts";
import { browserOfTests, nextNodeOfTests, nodePackages } from "./npm.ts";
import { cache } from "./paths.ts";
import { pythonEnvironment, pythonSitePackages, pythonTestPackages } from "./python.ts";
import { rivalsOfNode, rivalsOfPython } from "./rivals.ts";
import { bring, type Step } from "./step.ts";

/**
 * What to set up for: checks need only Node packages, JupyterLab everything that runs, tests a browser as well, and
 * measurements the rivals; what is packed is built, and the Python package is made by a tool that comes with those of
 * the tests. Who tries the channels packs all of it.
 */
export type Purpose = "check" | "docs" | "build" | "start" | "test" | "bench" | "site" | "wheel" | "channels";

const gradbook = [nodePackages, build, jupyterInstall];

// What may be missing on the machine comes first, so that nobody waits before being told.
const steps: Readonly<Record<Purpose, readonly ((turn: Turn) => Step | undefined)[]>> = {
  check: [nodePackages],
  docs: [nodePackages, documentation],
  build: [nodePackages, build],
  start: [pythonEnvironment, ...gradbook, trustedNotebooks],
  test: [
    pythonEnvironment,
    browserOfTests,
    sandboxOfTests,
    nextNodeOfTests,
    queueOfTests,
    ...gradbook,
    pythonTestPackages,
    gradingOfTests,
  ],
  wheel: [pythonEnvironment, nodePackages, build, pythonTestPackages],
  bench: [nodePackages, rivalsOfNode, rivalsOfPython, sandboxOfTests],
  site: [pythonEnvironment, nodePackages, build, pythonSitePackages],
  channels: [pythonEnvironment, browserOfTests, ...gradbook, pythonTestPackages, pythonSitePackages],
};

/** Does what is not done yet, while no other set-up works on this folder. */
export async function setUp(purpose: Purpose, stop: AbortSignal): Promise<void> {
  const onWait = (pid: number) =>
    console.log(`Waiting for another set-up of this folder to end (process ${pid})`);
  await withLock({ path: join(cache, "setup.lock"), stop, onWait }, async (turn) => {
    // A step is described when its turn comes: what it depends on may be made by the one before.
    for (const describe of steps[purpose]) {
      const step = describe(turn);
      if (step !== undefined) await bring(step);
    }
  });
}
