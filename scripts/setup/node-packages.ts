/** The Node packages, as the lockfile pins them. */
import { join } from "node:path";
import { hashFiles } from "./hash-files.ts";
import { root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import { SetupError } from "./setup-error.ts";
import type { Step } from "./step.ts";

/** `node_modules` of the library and its workspaces. */
export function nodePackages(stop: AbortSignal): Step {
  return {
    title: "Node packages",
    doing: "installing with npm",
    stamp: join(root, "node_modules", "gradbook-packages.json"),
    inputs: {
      // npm chooses native packages by the Node it runs on.
      node: `${process.version.split(".")[0]} ${process.platform} ${process.arch}`,
      lock: hashFiles("package-lock.json", "package.json", "*/package.json"),
    },
    run: () => npmInstall("npm", root, stop),
  };
}

/**
 * Installs what the lockfile in a folder says, and nothing else, on the Node that runs this.
 * No package of ours needs an install script, so none is run.
 */
export async function npmInstall(name: string, folder: string, stop: AbortSignal): Promise<void> {
  const npm = process.env.npm_execpath;
  if (npm === undefined)
    throw new SetupError("Start the scripts through node scripts/run.mjs, which finds npm for them");
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
  await runQuietly({ name, command: process.execPath, args: [npm, "ci", ...flags], cwd: folder }, stop);
}
