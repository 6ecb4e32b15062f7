/** What the lecture notebooks promise: every slide in its order, every faulty line, and all reference numbers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly output_type: string }[];
}

const root = join(import.meta.dirname, "../..");
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const cellsOf = (name: string): readonly Cell[] =>
  (readJson(`notebooks/lectures/${name}.ipynb`) as { cells: readonly Cell[] }).cells;

const notebooks = { lecture: cellsOf("09-jacobians"), addition: cellsOf("09b-linear-layers") };
const textOf = (cells: readonly Cell[]): string => cells.map(({ source }) => source.join("")).join("\n\n");
const headings = (cells: readonly Cell[]): string[] =>
  [...textOf(cells).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);

describe.each(Object.entries(notebooks))("the notebook of the %s", (_name, cells) => {
  test("has cells with ids of their own, none of which failed when it was saved", () => {
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    for (const { id, outputs = [] } of cells) {
      expect(
        outputs.map(({ output_type }) => output_type),
        id,
      ).not.toContain("error");
    }
  });
});

test("the lecture has every slide from S01 to S29", () => {
  const numbers = headings(notebooks.lecture).flatMap((heading) =>
    [...heading.matchAll(/S(\d\d)(?: to S(\d\d))?/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, k) => Number(from) + k),
    ),
  );
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 29 }, (_, k) => k + 1));
});

test("each faulty line is put to check as it stands on the slide, as far as the matrix with the slip", () => {
  const errata = readJson("test/lecture/errata.json") as { formula: string; slide: string }[];
  const code = textOf(notebooks.lecture.filter(({ cell_type }) => cell_type === "code")).replace(/\s+/g, " ");
  for (const { formula, slide } of errata) {
    const [first] = slide.split(/(?<=\\end\{pmatrix\}) = /);
    expect(code.includes(`, () => check\`${first}`), formula).toBe(true);
  }
  expect(code.match(/refuted\("[^"]+", \(\) => check/g)).toHaveLength(errata.length);
});

test("what is not on the slides says so in its heading", () => {
  const additions = headings(notebooks.addition).filter((heading) => /^A\d/.test(heading));
  expect(additions.map((heading) => heading.slice(0, 2))).toEqual(["A1", "A2", "A3", "A4"]);
  for (const heading of additions) expect(heading).toContain("(not in the slides)");
});

test("every matrix of the reference numbers stands in a notebook", () => {
  const golden = readJson("test/data/golden.json") as Record<string, Record<string, unknown>>;
  const all = textOf([...notebooks.lecture, ...notebooks.addition]).replaceAll(/\s|,(?=\s*\])/g, "");
  const isMatrix = (value: unknown): boolean => Array.isArray(value) && Array.isArray(value[0]);
  const matrices = Object.entries(golden).flatMap(([example, numbers]) =>
    Object.entries(numbers)
      .filter(([, value]) => isMatrix(value))
      .map(([name, value]) => [`${example} ${name}`, JSON.stringify(value)] as const),
  );
  expect(matrices.length).toBeGreaterThanOrEqual(50);
  expect(matrices.filter(([, text]) => !all.includes(text)).map(([name]) => name)).toEqual([]);
});
