/** The reference as it is built: complete, and needing nothing but its own files. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as gradbook from "../../src/index.ts";
import * as library from "../../src/ops/index.ts";

const root = join(import.meta.dirname, "../..");
const site = mkdtempSync(join(tmpdir(), "gradbook-docs-"));
const read = (page: string): string => readFileSync(join(site, page), "utf8");

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "docs/build.ts"), site], { stdio: "pipe" });
});

afterAll(() => rmSync(site, { recursive: true }));

test.each(Object.keys(library))("the page of %s shows its formulas, its example and its place", (name) => {
  const page = read(`functions/${name}.html`);
  const has = (pattern: RegExp): boolean => pattern.test(page); // a failure must not print the page
  expect(has(/<figure class="formulas"><span class="katex-display">/)).toBe(true);
  expect(has(/<h4[^>]*>Example/)).toBe(true);
  expect(has(/Defined in src\/ops\/[\w-]+\.ts:\d+/)).toBe(true);
  expect(has(/BroadcastCheck|MatmulCheck|__namedParameters|>samples</)).toBe(false);
});

test("the first page leads to every value the library exports", () => {
  const links = linksOf("index.html");
  for (const name of Object.keys(gradbook)) {
    const page = links.find((link) => link === `functions/${name}.html` || link === `classes/${name}.html`);
    if (name !== "gb") expect(page, name).toBeDefined();
  }
});

test("the page of Tensor shows every op as a method, and leads to its function", () => {
  const links = linksOf("classes/Tensor.html").map((link) => link.replace("../", ""));
  for (const name of Object.keys(library)) {
    expect(links, name).toContain(`functions/${name}.html`);
  }
});

test("every link and every file that a page asks for is there; only TypeDoc and a data set lie elsewhere", () => {
  const pages = globSync("**/*.html", { cwd: site });
  expect(pages.length).toBeGreaterThan(Object.keys(library).length);
  const missing = new Set<string>();
  const elsewhere = new Set<string>();
  for (const page of pages) {
    for (const target of linksOf(page)) {
      if (/^https?:/.test(target)) elsewhere.add(target);
      else if (!target.startsWith("data:") && !exists(page, target)) missing.add(`${page}: ${target}`);
    }
  }
  expect([...missing]).toEqual([]);
  expect([...elsewhere].sort()).toEqual(["https://doi.org/10.24432/C50P49", "https://typedoc.org/"]);
});

test("the notebooks are there to be read, with their formulas and pictures, and answers folded", () => {
  const titles = ["Lecture_9__Expansion_of_Jacobians", "Lecture_9b__linear_layers", "Exploring_gradients"];
  const pages = titles.map((title) => read(`documents/${title}.html`));
  for (const page of pages) {
    // A failure must not print the page.
    expect(page.match(/<pre><code class="ts">/g)?.length ?? 0).toBeGreaterThan(10);
    expect(page.match(/<img src="..\/media\/[^"]*\.svg" alt="\w[^"]*"/g)?.length ?? 0).toBeGreaterThan(1);
    expect(/\$\\|katex-error/.test(page)).toBe(false);
  }
  const lecture = pages[0];
  expect(lecture.match(/<div class="output">/g)?.length ?? 0).toBeGreaterThan(80);
  expect(lecture.match(/<details><summary>Answer/g)?.length ?? 0).toBeGreaterThan(10);
  expect(read("documents/Gallery.html").match(/<h2/g)?.length ?? 0).toBeGreaterThan(8);
});

test("KaTeX's style sheet finds its fonts", () => {
  const css = read("assets/katex/katex.min.css");
  const fonts = [...css.matchAll(/url\((fonts\/[^)]+\.woff2)\)/g)].map(([, font]) => font);
  expect(fonts.length).toBeGreaterThan(10);
  for (const font of fonts) expect(existsSync(join(site, "assets/katex", font)), font).toBe(true);
});

/** What a page links to or loads. */
function linksOf(page: string): string[] {
  return [...read(page).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target);
}

/** Whether a page's link leads to a file, and to a place in it where it names one. */
function exists(page: string, target: string): boolean {
  const [path, anchor = ""] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(site, file))) return false;
  return anchor === "" || !file.endsWith(".html") || read(file).includes(`id="${anchor}"`);
}
