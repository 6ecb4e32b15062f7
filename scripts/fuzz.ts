/** `npm run fuzz -- [bursts] [seed]`: a longer run of the kernel's fuzzer; `npm test` has a short one. */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async ([bursts = "5000", seed = `${Date.now() % 1e9}`], { stop }) => {
  await setUp("build", stop);
  process.env.GRADBOOK_BURSTS = bursts;
  process.env.GRADBOOK_SEED = seed;
  const hours = `${6 * 60 * 60 * 1000}`;
  return runOpenly(
    [programs.vitest, "run", "--project", "kernel", "--testTimeout", hours, "test/kernel/fuzz"],
    stop,
  );
});
