/** `npm run mutants -- [count] [seed] [folder]`: how many small edits of the sources some test notices. */
import { join } from "node:path";
import { runCommand } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("build", stop);
  return runOpenly([join(root, "test", "mutants", "run.ts"), ...args], stop);
});
