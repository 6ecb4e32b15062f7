/** `npm run check`: the one gate before a review. Arguments go to the unit tests. */
import { runCommand } from "./setup/command.ts";
import { programs } from "./setup/paths.ts";
import { runAside, runOpenly } from "./setup/run-openly.ts";
import { setUp } from "./setup/set-up.ts";

const isTerminal = process.stdout.isTTY === true;

await runCommand(async (args, { stop }) => {
  await setUp("check", stop);
  const failed: string[] = [];
  const say = (name: string, code: number, seconds: number): void => {
    console.log(`${name}: ${code === 0 ? "passed" : "failed"} after ${seconds.toFixed(1)} s`);
    if (code !== 0) failed.push(name.toLowerCase());
  };
  // All at once, as none of them fills two cores: the tests are watched, what the others say comes after.
  const start = performance.now();
  const aside = Object.entries({
    "Format and lint": [programs.biome, "check", ...(isTerminal ? ["--colors=force"] : []), "."],
    Types: [programs.tsc, "-b", ...(isTerminal ? ["--pretty"] : [])],
  }).map(([name, program]) => ({ name, ended: runAside(program, stop) }));
  const [code] = await Promise.all([
    runOpenly([programs.vitest, "run", "--project", "unit", ...args], stop),
    ...aside.map(({ ended }) => ended), // so that a stop is theirs too
  ]);
  const seconds = (performance.now() - start) / 1000;
  for (const { name, ended } of aside) {
    const { output, code, seconds } = await ended;
    process.stdout.write(output);
    say(name, code, seconds);
  }
  say("Unit tests", code, seconds);
  console.log(failed.length === 0 ? "All checks passed" : `Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});
