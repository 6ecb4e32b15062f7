/** `npm run docs`: writes the documentation into docs/api; with arguments, into the folder that they name. */
import { join } from "node:path";
import { runCommand } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp(args.length > 0 ? "check" : "docs", stop);
  if (args.length > 0) return runOpenly([join(root, "docs", "build.ts"), ...args], stop);
  console.log(`The documentation is in ${join(root, "docs", "api", "index.html")}`);
  return 0;
});
