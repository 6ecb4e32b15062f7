/** `npm test`: every test there is, in a real browser too. Arguments go to vitest: a file's name runs that file. */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("test", stop);
  return runOpenly([programs.vitest, "run", ...args], stop);
});
