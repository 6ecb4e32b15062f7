/** Measures the cases that are named, or all: then the table and the curves are written to `bench/results/`. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Case } from "./case.ts";
import { curvesOf } from "./curves.ts";
import { measure, type Result } from "./measure.ts";
import { commitNow, facts, sentenceOf, tableOf } from "./report.ts";
import { missing } from "./rivals.ts";

const here = import.meta.dirname;
const asked = process.argv.slice(2);
const files = globSync("cases/*.ts", { cwd: here })
  .sort()
  .map((file) => ({ name: basename(file, ".ts"), path: join(here, file) }));
const unknown = asked.find((name) => !files.some((file) => file.name === name));
if (unknown !== undefined) {
  fail(`There is no case ${unknown}: choose from ${files.map(({ name }) => name).join(", ")}`);
}
const lack = missing();
if (lack !== null) fail(lack);

/** A whole run is to end within a quarter of an hour, however slow the machine is. */
const deadline = performance.now() + 14 * 60 * 1000;
const commit = commitNow();
const chosen = files.filter(({ name }) => asked.length === 0 || asked.includes(name));
const results: Result[] = [];
const pictures: { name: string; svg: string; title: string }[] = [];
const loaded = await Promise.all(
  chosen.map(async ({ name, path }) => {
    const cases: readonly Case[] = (await import(pathToFileURL(path).href)).default;
    return { name, path, cases };
  }),
);
let stretches = loaded.flatMap(({ cases }) => cases).reduce((sum, one) => sum + stretchesOf(one), 0);
for (const { name, path, cases } of loaded) {
  for (const [index, one] of cases.entries()) {
    // Each has its share of the time that is left: what the quick ones leave is for the others.
    const share = stretchesOf(one) / stretches;
    const until = performance.now() + share * Math.max(0, deadline - performance.now());
    stretches -= stretchesOf(one);
    const result = await measure(path, index, one, until, (text) => console.log(`… ${text}`));
    results.push(result);
    console.log(`\n## ${one.title}\n\n${tableOf(result)}\n`);
    const svg = curvesOf(result);
    if (svg !== null)
      pictures.push({ name: cases.length === 1 ? name : `${name}-${index + 1}`, svg, title: one.title });
    if (asked.length === 0) write(); // a run takes a while, and may be stopped
  }
}
console.log(facts(results, commit));
if (asked.length === 0) console.log(`Written to ${write()}`);

/** The dated table, and beside it the pictures. */
function write(): string {
  const date = new Date().toISOString().slice(0, 10);
  const folder = join(here, "results");
  mkdirSync(join(folder, date), { recursive: true });
  for (const { name, svg } of pictures) writeFileSync(join(folder, date, `${name}.svg`), svg);
  const goals = results.flatMap((result) =>
    (result.case.goals ?? []).map(
      (goal) =>
        `| ${result.case.title} | ${sentenceOf(result, goal).split("; ").join(" | ").replace(": goal ", " | ")} |`,
    ),
  );
  const text = [
    `# Speed on ${date}`,
    facts(results, commit),
    "## Goals",
    ["| work | whose | goal | reached |", "|---|---|---|---|", ...goals].join("\n"),
    readFileSync(join(here, "notes.md"), "utf8").trim(),
    ...results.flatMap((result) => [`## ${result.case.title}`, tableOf(result)]),
    "## Curves",
    pictures.map(({ name, title }) => `![${title}](${date}/${name}.svg)`).join("\n"),
  ].join("\n\n");
  writeFileSync(join(folder, `${date}.md`), `${text}\n`);
  return `bench/results/${date}.md`;
}

/** How many stretches of time a case takes: one for its processes to start, and one for each rival at each size. */
function stretchesOf({ rivals, sizes }: Case): number {
  return 3 + Object.keys(rivals).length * (sizes?.values.length ?? 1);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
