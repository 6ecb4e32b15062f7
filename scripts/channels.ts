/**
 * `node scripts/run.mjs channels`: tries what people install, beside what they have, which comes from the registries.
 * Arguments go to vitest: a file's name runs that file. No part of `npm test`, as it takes a while and a network.
 */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("channels", stop);
  process.env.GRADBOOK_CHANNELS = "1";
  return runOpenly([programs.vitest, "run", "--project", "channels", ...args], stop);
});
