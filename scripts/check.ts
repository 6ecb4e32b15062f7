/** `npm run check`: the one gate before a review. Arguments go to the unit tests. */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  await setUp("check", stop);
  const checks = {
    "Format and lint": [programs.biome, "check", "."],
    Types: [programs.tsc, "-b"],
    "Unit tests": [programs.vitest, "run", "--project", "unit", ...args],
  };
  const failed: string[] = [];
  for (const [name, program] of Object.entries(checks)) {
    const start = performance.now();
    const code = await runOpenly(program, stop);
    console.log(
      `${name}: ${code === 0 ? "passed" : "failed"} after ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
    if (code !== 0) failed.push(name.toLowerCase());
  }
  console.log(failed.length === 0 ? "All checks passed" : `Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});
