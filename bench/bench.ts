/** Measures the cases that are named, or all: then the table and the curves are written to `bench/results/`. */
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Case } from "./case.ts";
import { curvesOf } from "./curves.ts";
import { measure, type Result } from "./measure.ts";
import { facts, sentenceOf, tableOf } from "./report.ts";
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

const chosen = files.filter(({ name }) => asked.length === 0 || asked.includes(name));
const results: Result[] = [];
const pictures: { name: string; svg: string; title: string }[] = [];
for (const { name, path } of chosen) {
  const cases: readonly Case[] = (await import(pathToFileURL(path).href)).default;
  for (const [index, one] of cases.entries()) {
    const result = await measure(path, index, one, (text) => console.log(`… ${text}`));
    results.push(result);
    console.log(`\n## ${one.title}\n\n${tableOf(result)}\n`);
    const svg = curvesOf(result);
    if (svg !== null)
      pictures.push({ name: cases.length === 1 ? name : `${name}-${index + 1}`, svg, title: one.title });
  }
}
const described = facts(results);
console.log(described);
if (asked.length === 0) write();

/** The dated table, and beside it the pictures. */
function write(): void {
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
    described,
    "## Goals",
    ["| work | whose | goal | reached |", "|---|---|---|---|", ...goals].join("\n"),
    ...results.flatMap((result) => [`## ${result.case.title}`, tableOf(result)]),
    "## Curves",
    pictures.map(({ name, title }) => `![${title}](${date}/${name}.svg)`).join("\n"),
  ].join("\n\n");
  writeFileSync(join(folder, `${date}.md`), `${text}\n`);
  console.log(`Written to bench/results/${date}.md`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
