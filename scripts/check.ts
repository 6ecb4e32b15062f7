/** `npm run check`: the one gate before a review. Arguments go to the unit tests. */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runAside, runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

const isTerminal = process.stdout.isTTY === true;

await runCommand(async (args, { stop }) => {
  await setUp("check", stop);
  // At once, as none of them keeps two cores busy. The tests can be watched; what the others say is shown after them.
  const checks = {
    "Format and lint": runAside(
      [programs.biome, "check", ...(isTerminal ? ["--colors=force"] : []), "."],
      stop,
    ),
    Types: runAside([programs.tsc, "-b", ...(isTerminal ? ["--pretty"] : [])], stop),
    "Unit tests": runOpenly(
      [programs.vitest, "run", "--project", "unit", "--project", "session", ...args],
      stop,
    ).then((code) => ({
      code,
      output: "",
    })),
  };
  const start = performance.now();
  const ended = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const { code, output } = await check;
      return { name, code, output, seconds: (performance.now() - start) / 1000 };
    }),
  );
  for (const { name, code, output, seconds } of ended) {
    console.log(`${output}${name}: ${code === 0 ? "passed" : "failed"} after ${seconds.toFixed(1)} s`);
  }
  const failed = ended.filter(({ code }) => code !== 0).map(({ name }) => name.toLowerCase());
  console.log(failed.length === 0 ? "All checks passed" : `Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});
