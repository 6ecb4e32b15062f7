/**
 * `npm run mutants -- [count] [seed] [folder]`: makes small edits in the sources, one at a time and in a copy of the
 * checkout, and counts how many of them some test notices. Too long for `npm test`; README.md has the latest score.
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { runCommand, SetupError } from "../../scripts/setup/command.ts";
import { cache, root } from "../../scripts/setup/paths.ts";
import { type Mutation, mutated, mutationsOf } from "./mutations.ts";

/** Where there are tests that need neither a browser nor processes of the kernel, which would take hours. */
const SOURCES = ["src/**/*.ts", "extension/src/**/*.ts"];
/** What no edit of these sources can matter to. */
const ELSEWHERE = "test/{setup,pack,readers,docs,figures,types,channels,lite}/**";
/** Projects of tests that take seconds, and those that take minutes; GRADBOOK_QUICK leaves them out. */
const QUICK = ["unit", "session"];
const TRUTH = process.env.GRADBOOK_QUICK === undefined ? ["truth", "judges"] : [];
/** How long the tests of one edit may take, in ms: an edit may make a loop endless. */
const PATIENCE = 900_000;

interface Mutant extends Mutation {
  readonly file: string;
}

await runCommand(async ([count = "200", seed = "1", folder = ""], { stop }) => {
  const checkout = copyOfCheckout();
  const log = join(cache, "mutants", "survivors.txt");
  rmSync(log, { force: true });
  const all = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: checkout }))
    .filter((file) => file.startsWith(folder) && !file.endsWith(".d.ts"))
    .sort()
    .flatMap((file) =>
      mutationsOf(file, readFileSync(join(checkout, file), "utf8")).map((one) => ({ ...one, file })),
    );
  const sample = sampleOf(all, Number(count), Number(seed));
  console.log(`${all.length} edits, of which ${sample.length} are tried`);
  if (fails(checkout, ["run"])) {
    throw new SetupError(
      "Cannot count what tests notice: some fail in .cache/mutants/checkout without any edit",
    );
  }
  let killed = 0;
  for (const [k, mutant] of sample.entries()) {
    if (stop.aborted) break;
    const source = readFileSync(join(checkout, mutant.file), "utf8");
    writeFileSync(join(checkout, mutant.file), mutated(source, mutant));
    const isKilled = isNoticed(checkout, mutant.file);
    writeFileSync(join(checkout, mutant.file), source);
    if (isKilled) killed += 1;
    else appendFileSync(log, `${told(mutant, source)}\n`);
    const score = ((100 * killed) / (k + 1)).toFixed(0);
    console.log(
      `${k + 1} of ${sample.length}: ${isKilled ? "noticed" : "SURVIVED"}, ${score} %: ${told(mutant, source)}`,
    );
  }
  console.log(`${killed} of ${sample.length} edits were noticed; the others are in ${relative(root, log)}`);
  return 0;
});

/** All that git keeps, as it stands, beside the packages and what is built. */
function copyOfCheckout(): string {
  const copy = join(cache, "mutants", "checkout");
  rmSync(copy, { recursive: true, force: true });
  const { stdout } = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 1e8 });
  for (const file of stdout.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(copy, file));
  }
  for (const made of ["node_modules", "dist", "kernel/dist", "grader/dist", "extension/labextension"]) {
    symlinkSync(join(root, made), join(copy, made), "dir");
  }
  return copy;
}

/**
 * Whether some test fails: first those of the same room, which mostly do, then all that the file may matter to, and at
 * last thousands of verdicts.
 */
function isNoticed(checkout: string, file: string): boolean {
  const room = file.startsWith("src/") ? file.split("/")[1] : "extension";
  const near =
    globSync(`test/${room}/*.test.ts`, { cwd: checkout }).length > 0 &&
    fails(checkout, ["run", `test/${room}/`]);
  if (near || fails(checkout, ["related", file])) return true;
  return TRUTH.length > 0 && fails(checkout, ["related", file], TRUTH);
}

function fails(
  checkout: string,
  [command, ...filters]: readonly string[],
  projects: readonly string[] = QUICK,
): boolean {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      ...[command, ...filters, "--run", "--bail", "1", "--maxWorkers", "2", "--passWithNoTests"],
      ...projects.flatMap((name) => ["--project", name]),
      ...["--exclude", ELSEWHERE, "--reporter", "dot"],
    ],
    { cwd: checkout, stdio: "ignore", timeout: PATIENCE },
  );
  return status !== 0;
}

/** Some of all, drawn by a seed. */
function sampleOf<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const left = [...all];
  const drawn = Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(next() * left.length), 1),
  );
  return drawn.flat();
}

function told({ file, start, title }: Mutant, source: string): string {
  const before = source.slice(0, start).split("\n");
  const line = source.split("\n")[before.length - 1].trim();
  return `${file}:${before.length}: ${title}: ${line}`;
}
