/** The notebooks as nbconvert writes them for the web, in a real browser, without a network. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { jupyterEnvironment } from "../../scripts/setup/jupyterlab.ts";
import { python, root } from "../../scripts/setup/paths.ts";
import { notebookNames, storedOutputs } from "../readers/stored-outputs.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-nbconvert-"));
let browser: Browser;

beforeAll(async () => {
  const args = ["-I", "-m", "nbconvert", "--to", "html", "--output-dir", folder, ...notebookNames];
  const env = jupyterEnvironment(folder);
  execFileSync(python, args, { cwd: join(root, "notebooks"), env, stdio: "pipe" });
  const { executablePath, args: flags, env: variables } = findBrowser();
  browser = await chromium.launch({ executablePath, args: [...flags], env: variables });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const pictures = storedOutputs("image/svg+xml");

describe.each(notebookNames)("%s as a page of nbconvert", (name) => {
  const page = join(folder, `${basename(name, ".ipynb")}.html`);

  it.each([1280, 700])("cuts no picture off in a window of %i pixels", async (width) => {
    const tab = await browser.newPage({ viewport: { width, height: 900 } });
    await tab.route(/^https?:/, (route) => route.abort());
    await tab.goto(pathToFileURL(page).href);
    const shown = await tab.locator(".jp-RenderedSVG img").evaluateAll((images) =>
      Promise.all(
        (images as HTMLImageElement[]).map(async (image) => {
          await image.decode();
          const column = (image.closest(".jp-OutputArea-output") as HTMLElement).getBoundingClientRect();
          const { left, right, width, height } = image.getBoundingClientRect();
          return { isCutOff: right > column.right + 1 || left < column.left - 1, width, height };
        }),
      ),
    );
    await tab.close();
    expect(shown).toHaveLength(pictures.filter(({ place }) => place.startsWith(`${name} `)).length);
    for (const picture of shown) {
      expect(picture.isCutOff, JSON.stringify(picture)).toBe(false);
      expect(picture.width, JSON.stringify(picture)).toBeGreaterThan(100);
    }
  });
});
