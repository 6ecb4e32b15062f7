/** `node scripts/run.mjs setup`: sets up everything that the tests need, and runs nothing. */
import { runCommand } from "./setup/command.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (_args, { stop }) => {
  await setUp("test", stop);
  console.log("Everything is set up");
  return 0;
});
