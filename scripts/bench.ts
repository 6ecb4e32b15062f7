/** `npm run bench`: times Gradbook beside its rivals. Arguments name the cases; all of them, without. */
import { join } from "node:path";
import { runCommand } from "./setup/command.ts";
import { programs, root } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("bench", stop);
  const built = await runOpenly([programs.tsc, "-b", "src", "kernel"], stop);
  return built === 0 ? runOpenly([join(root, "bench", "bench.ts"), ...args], stop) : built;
});
