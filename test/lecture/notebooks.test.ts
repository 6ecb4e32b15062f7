/** What the lecture notebooks promise: every slide in its order, every faulty line, and all reference numbers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kernelInfo } from "../../kernel/src/wire/kernel-info.ts";
import { type Cell, chainsOf, says, statementsOf } from "./cells.ts";
import { asWeWrite, errata, redrawn, slides } from "./slides.ts";

const root = join(import.meta.dirname, "../..");
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));

interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly language_info: unknown };
}

const read = (name: string): Notebook => readJson(`notebooks/lectures/${name}.ipynb`) as Notebook;
const cellsOf = (name: string): readonly Cell[] => read(name).cells;

const notebooks = {
  lecture: cellsOf("09-jacobians"),
  addition: cellsOf("09b-linear-layers"),
  convolution: cellsOf("11-convolution"),
};
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

test("the notebook to play with opens without being changed", () => {
  const { metadata } = readJson("notebooks/explore/gradients.ipynb") as Notebook;
  expect(metadata.language_info).toEqual(kernelInfo().language_info);
});

test("the lecture has every slide from S01 to S29", () => {
  const numbers = headings(notebooks.lecture).flatMap((heading) =>
    [...heading.matchAll(/S(\d\d)(?: to S(\d\d))?/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, k) => Number(from) + k),
    ),
  );
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 29 }, (_, k) => k + 1));
});

test("the cells of the lecture say all 92 formulas of the slides", () => {
  const { lecture } = notebooks;
  const own = lecture.filter(({ metadata: { tags = [] } }) => !tags.includes("hunt")).map(chainsOf);
  const everywhere = own.flat();
  const drawn = new Set(redrawn.map(({ formula }) => formula));
  const missing = slides.filter((formula) => {
    if (!drawn.has(formula.id)) return !own.some((chains) => says(chains, asWeWrite(formula)));
    return !piecesOf(formula.latex).every((piece) => says(everywhere, piece)); // a picture is said piece by piece
  });
  expect(slides.length).toBe(92);
  expect(missing.map(({ id }) => id)).toEqual([]);
});

/** The matrices, products and lines of a picture that was flattened into an array. */
function piecesOf(latex: string): string[] {
  const pieces =
    latex.match(
      /\\begin\{pmatrix\}[\s\S]*?\\end\{pmatrix\}|\\frac\{\\partial J\}\{[^}]*\}\}? \\frac\{[^}]*\}?\}\{[^}]*\}\}?|y_\{[^}]*\} = f\(x_\{[^}]*\}\)/g,
    ) ?? [];
  expect(pieces).toHaveLength(8);
  return pieces;
}

test("a formula is missed when a cell says it with other signs, in another order or in part", () => {
  const chains = statementsOf("dX = A = B, \\quad y = 1");
  for (const said of ["dX = B", "A = B", "dX = A, y = 1"]) expect(says(chains, said), said).toBe(true);
  for (const unsaid of ["dX = C", "B = A", "dX = A = C", "dX = B, y = 2"]) {
    expect(says(chains, unsaid), unsaid).toBe(false);
  }
});

test("the page of results says nothing that no derivation of the notebook has said", () => {
  const { lecture } = notebooks;
  const said = lecture.filter(({ id, cell_type }) => id !== "s29" && cell_type === "code").flatMap(chainsOf);
  const page = lecture.find(({ id }) => id === "s29")?.source.join("") ?? "";
  const gradients = [...page.matchAll(/\$(d[A-Z] = [^$]+)\$/g)].map(([, formula]) => formula);
  expect(gradients.length).toBeGreaterThanOrEqual(15);
  expect(gradients.filter((formula) => !says(said, formula))).toEqual([]);
});

describe("the hunt", () => {
  const { lecture } = notebooks;
  const sourceOf = (id: string): string =>
    (lecture.find((cell) => cell.id === id)?.source.join("") ?? "").replace(/\s+/g, " ");
  const outputOf = (id: string): string => JSON.stringify(lecture.find((cell) => cell.id === id)?.outputs);

  test.each(errata)(
    "$errata: the whole line as it stands on the slide, what ask finds, and the mended line",
    (erratum) => {
      const id = `hunt-${erratum.errata.join("-").toLowerCase()}`;
      expect(sourceOf(id)).toContain(`ask\`${erratum.slide}\``);
      expect(outputOf(id)).toMatch(/"[✗?] /);
      expect(sourceOf(`${id}-answer`)).toContain(`ask\`${erratum.corrected}\``);
      expect(outputOf(`${id}-answer`)).toContain('"✓ ');
    },
  );

  test("folds its answers, which no slide shows", () => {
    const answers = lecture.filter(({ metadata: { tags = [] } }) => tags.includes("answer"));
    expect(answers.length).toBeGreaterThanOrEqual(errata.length + 5);
    for (const { id, metadata } of answers) {
      expect(metadata, id).toMatchObject({
        jupyter: { source_hidden: true, outputs_hidden: true },
        slideshow: { slide_type: "skip" },
      });
    }
  });
});

describe.each([
  "09-jacobians",
  "09b-linear-layers",
  "10-softmax-cross-entropy",
  "11-convolution",
  "12-attention",
])("%s", (name) => {
  const { cells, metadata } = read(name);
  const tagged = (tag: string): Cell[] => cells.filter(({ metadata: { tags = [] } }) => tags.includes(tag));

  test("opens without being changed: it names the kernel's language as the kernel does", () => {
    expect(metadata.language_info).toEqual(kernelInfo().language_info);
  });

  test("has five to eight exercises, each with its answer, which holds", () => {
    const tried = tagged("exercise");
    const asked = cells.filter(({ source }) => /^\*\*Exercise \d\./.test(source.join("")));
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(8);
    for (const { id, outputs } of tried) {
      expect(JSON.stringify(outputs), id).toMatch(/"[✗?] /);
      const answer = cells.find((cell) => cell.id === id.replace("-try", "-answer"));
      expect(JSON.stringify(answer?.outputs), `${id}'s answer`).toContain("✓ ");
    }
  });

  test("compares its results with the reference, as its data are those of the lesson", () => {
    const verified = cells.filter(({ source }) => /\bverify\(/.test(source.join("")));
    expect(verified.length).toBeGreaterThan(5);
    for (const { id, outputs } of verified) {
      const said = JSON.stringify(outputs);
      expect(said, id).toContain("as in the reference");
      expect(said, id).not.toMatch(/changed|nothing to compare|not the lesson/);
    }
  });

  test("is a deck of slides: a plan in its head, each section a slide, at most one picture on each", () => {
    expect(cells[1].source.join("")).toMatch(/A plan of \d+ minutes/);
    const slidesOf: Cell[][] = [];
    for (const cell of cells) {
      const type = cell.metadata.slideshow?.slide_type;
      expect(["slide", "subslide", "fragment", "skip", "notes", "-"], cell.id).toContain(type);
      if (type === "slide" || type === "subslide") slidesOf.push([]);
      if (type !== "skip" && type !== "notes") slidesOf.at(-1)?.push(cell);
    }
    expect(slidesOf.length).toBeGreaterThan(20);
    for (const slide of slidesOf) {
      const pictures = slide.flatMap(({ outputs = [] }) =>
        outputs.filter(({ data }) => data?.["image/svg+xml"]),
      );
      expect(pictures.length, slide[0].id).toBeLessThanOrEqual(1);
    }
  });
});

test("what is not on the slides says so in its heading", () => {
  const additions = headings(notebooks.addition).filter((heading) => /^A\d/.test(heading));
  expect(additions.map((heading) => heading.slice(0, 2))).toEqual(["A1", "A2", "A3", "A4"]);
  for (const heading of additions) expect(heading).toContain("(not in the slides)");
});

test("every matrix of the reference numbers stands in a notebook", () => {
  const golden = readJson("test/data/golden.json") as Record<string, Record<string, unknown>>;
  const all = textOf(Object.values(notebooks).flat()).replaceAll(/\s|,(?=\s*\])/g, "");
  const isMatrix = (value: unknown): boolean => Array.isArray(value) && Array.isArray(value[0]);
  const matrices = Object.entries(golden).flatMap(([example, numbers]) =>
    Object.entries(numbers)
      .filter(([, value]) => isMatrix(value))
      .map(([name, value]) => [`${example} ${name}`, JSON.stringify(value)] as const),
  );
  expect(matrices.length).toBeGreaterThanOrEqual(50);
  expect(matrices.filter(([, text]) => !all.includes(text)).map(([name]) => name)).toEqual([]);
});
