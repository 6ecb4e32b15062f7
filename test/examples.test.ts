/** Every example of the documentation runs: `expression // value` must hold, other lines are carried out. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as gradbook from "../src/index.ts";
import * as graphs from "../src/picture/index.ts";

const root = join(import.meta.dirname, "..");

interface Example {
  readonly where: string;
  readonly lines: readonly string[];
}

function examplesOf(file: string): Example[] {
  const comments = readFileSync(join(root, file), "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.flatMap((comment) =>
    comment
      .split(/@example/)
      .slice(1)
      .map((text) => ({
        where: file,
        lines: text
          .split(/\n\s*\* @/)[0]
          .split("\n")
          .map((line) => line.replace(/^\s*\*\/?\s?/, "").trim())
          .filter((line) => line !== ""),
      })),
  );
}

/** The blocks of TypeScript in a page are examples too. */
function pageExamples(page: string): Example[] {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/```ts\n([\s\S]*?)```/g);
  return [...blocks].map(([, text]) => ({
    where: page,
    lines: text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("import ")),
  }));
}

const examples = [
  ...globSync("src/**/*.ts", { cwd: root }).flatMap(examplesOf),
  ...pageExamples("README.md"),
  ...pageExamples("docs/introduction.md"),
  ...globSync("docs/guides/*.md", { cwd: root }).flatMap(pageExamples),
];

/** All that a cell has, and what the library has for whoever draws graphs. */
const scope = { ...graphs, ...gradbook };

/** Runs the lines in one scope; gives each pair of actual and expected value. */
function run(lines: readonly string[]): [actual: unknown, expected: unknown][] {
  const body = lines.map((line) => {
    const [, expression, value] = /^(.*?)\s*\/\/ (.*)$/.exec(line) ?? [];
    if (expression === undefined) return line;
    return `pairs.push([${expression.replace(/;$/, "")}, ${value}]);`;
  });
  const names = Object.keys(scope);
  const code = new Function(...names, `const pairs = []; ${body.join("\n")}; return pairs;`);
  return code(...Object.values(scope));
}

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(20);
});

test.each(examples.map(({ where, lines }) => [where, lines.join(" "), lines] as const))(
  "%s: %s",
  (_w, _t, lines) => {
    const pairs = run(lines);
    expect(pairs.length).toBeGreaterThan(0);
    for (const [actual, expected] of pairs) expect(actual).toEqual(expected);
  },
);

test("every function a cell has is documented with an example", () => {
  const documented = examples.map(({ lines }) => lines.join("\n")).join("\n");
  const callable = Object.entries(gradbook).filter(
    ([name, value]) => typeof value === "function" && !/^[A-Z]/.test(name),
  );
  const hostOnly = ["display", "clearOutput"]; // they need a notebook
  for (const [name] of callable) {
    if (!hostOnly.includes(name)) expect(documented).toMatch(new RegExp(`\\b${name}[(\`.]`));
  }
});
