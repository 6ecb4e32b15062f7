/** `npm run docs`: builds the API reference into docs/api. */
import { join } from "node:path";
import { runCommand } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("check", stop);
  return runOpenly([join(root, "docs", "build.ts"), ...args], stop);
});
