/** `node scripts/run.mjs setup`: everything that the tests need, and nothing run. */
import { runCommand } from "./setup/command.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (_args, { stop }) => {
  await setUp("test", stop);
  console.log("Everything is set up");
  return 0;
});
