/** The notebooks as nbconvert writes them for the web, with the MathJax 2.7 that its pages load from elsewhere. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { jupyterEnvironment } from "../../scripts/setup/jupyterlab.ts";
import { python, root } from "../../scripts/setup/paths.ts";
import { notebookNames, storedOutputs } from "../readers/stored-outputs.ts";

/** What MathJax 2.7 has in a page. */
declare global {
  interface Window {
    readonly MathJax: {
      readonly Hub: {
        Queue(then: () => void): void;
        getAllJax(): { readonly originalText: string; readonly root: { toMathML(indent: string): string } }[];
      };
      readonly Ajax: { Require(file: string, then: () => void): void };
    };
  }
}

const VERSION = "2.7.7";
const folder = mkdtempSync(join(tmpdir(), "gradbook-mathjax2-"));
let browser: Browser;

beforeAll(async () => {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder];
  execFileSync(process.execPath, [process.env.npm_execpath ?? "", "install", ...flags, `mathjax@${VERSION}`]);
  const args = ["-I", "-m", "nbconvert", "--to", "html", "--output-dir", folder, ...notebookNames];
  execFileSync(python, args, {
    cwd: join(root, "notebooks"),
    env: jupyterEnvironment(folder),
    stdio: "pipe",
  });
  const { executablePath, args: own, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args: [...own], env });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const outputs = storedOutputs("text/latex");

it.each(notebookNames)(
  "typesets every formula of %s, each output as one",
  async (name) => {
    const page = await browser.newPage();
    const place = `https://cdnjs.cloudflare.com/ajax/libs/mathjax/${VERSION}/`;
    await page.route(/^https?:/, (route) => {
      const url = route.request().url();
      if (!url.startsWith(place)) return route.abort();
      const file = url.slice(place.length).replace(/\?.*/, "");
      return route.fulfill({ path: join(folder, "node_modules", "mathjax", file) });
    });
    await page.goto(pathToFileURL(join(folder, `${basename(name, ".ipynb")}.html`)).href);
    const formulas = await page.evaluate(async () => {
      await new Promise<void>((done) => window.MathJax.Hub.Queue(done));
      await new Promise<void>((done) =>
        window.MathJax.Ajax.Require("[MathJax]/extensions/toMathML.js", done),
      );
      return window.MathJax.Hub.getAllJax().map(({ originalText, root }) => ({
        tex: originalText,
        mathml: root.toMathML(""),
      }));
    });
    await page.close();
    // It shows a formula that it does not understand as an error, and a command that it does not know in red.
    expect(formulas.filter(({ mathml }) => /<merror|mathcolor="red"/.test(mathml))).toEqual([]);
    const typeset = new Set(formulas.map(({ tex }) => plain(tex)));
    for (const { text, place: cell } of outputs.filter(({ place }) => place.startsWith(`${name} `))) {
      for (const line of text.startsWith("$$") ? text.split("\n") : [text]) {
        expect(typeset.has(plain(line)), `${cell}: ${line}`).toBe(true);
      }
    }
  },
  240_000,
);

/** A formula without the dollars around it, and without white space, which HTML may put together. */
function plain(formula: string): string {
  return formula.replace(/^\$+|\$+$|\s/g, "");
}
