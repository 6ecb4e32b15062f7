/** `.ci/run`: the gate, then the README's test command, then a last line that counts the tests. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./setup/command.ts";
import { cache } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { type Report, tally } from "./tally.ts";

const npm = process.env.npm_execpath ?? "";
const commands = { check: [npm, "run", "check"], test: [npm, "test"] };

await runCommand(async (_args, { stop }) => {
  const reports: Report[] = [];
  let codes = 0;
  for (const [name, command] of Object.entries(commands)) {
    const file = join(cache, "reports", `${name}.json`);
    mkdirSync(join(cache, "reports"), { recursive: true });
    rmSync(file, { force: true });
    console.log(`\n# npm ${command.slice(1).join(" ")}`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const code = await runOpenly([...command, "--", ...reporters], stop);
    codes += code;
    reports.push({ name, code, tests: readTests(file) });
  }
  const { passed, failed } = tally(reports);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && codes === 0 ? 0 : 1;
});

/** What vitest wrote; empty if it did not get that far. */
function readTests(file: string): Report["tests"] {
  try {
    return JSON.parse(readFileSync(file, "utf8")).testResults;
  } catch {
    return [];
  }
}
