/** The static site, served from a folder, in a real browser: the lecture, help, a graph, an interrupt, a reload. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { buildSite } from "../../scripts/pack/build-site.ts";
import { packing } from "../../scripts/pack/packing.ts";
import { keepScreenshot } from "../lab/keep-screenshot.ts";
import { NotebookPage } from "../lab/notebook-page.ts";
import { lecture, runLecture } from "./lecture.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".ipynb": "application/json",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const folder = mkdtempSync(join(tmpdir(), "gradbook-site-"));
let sent = 0;
const server = createServer(({ url = "" }, response) => {
  let file = join(folder, decodeURIComponent(url.split("?")[0]));
  try {
    if (statSync(file).isDirectory()) file = join(file, "index.html");
    const body = gzipSync(readFileSync(file));
    sent += body.length;
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
let browser: Browser;
let page: Page;
let notebook: NotebookPage;
const elsewhere: string[] = [];
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  await packing(new AbortController().signal, (turn) => buildSite(folder, turn));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args: [...args], env });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address()))
      elsewhere.push(request.url());
  });
  await open();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  await page.goto(`${address()}/lab/index.html?path=${lecture}`);
  notebook = new NotebookPage(page);
  await page.waitForFunction(() => "jupyterapp" in window, undefined, { timeout: 60_000 });
  await notebook.ready();
}

it("opens the lecture with at most 6 MB", () => {
  expect(sent).toBeLessThan(6e6);
});

it("runs the whole lecture, with the outputs that it has in Node", async () => {
  await runLecture(notebook);
  await page.locator(".jp-OutputArea .katex-html").first().waitFor();
  await keepScreenshot(page, "site-lecture");
}, 300_000);

it("marks an error of shapes while it is written", async () => {
  await notebook.type("tensor([[1, 2]]).matmul(tensor([[1, 2]]))");
  await page.locator(".jp-mod-active .gb-Problem").first().waitFor();
});

it("computes a graph again when a number in it is changed", async () => {
  await page.keyboard.press("Control+A");
  await page.keyboard.type("const E = tensor([[1, 2]]), G = E.exp().sum(); G.backward(); graph(G)");
  await page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-cell"));
  const view = page.locator(".jp-mod-active .gb-GraphView, .jp-OutputArea .gb-GraphView").last();
  await view.locator(".gb-Card").first().waitFor();
  const entry = view.locator('[data-entry="0:0"][data-part="value"]').first();
  const sum = () => view.innerText();
  const before = await sum();
  await entry.dblclick();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect.poll(sum, { timeout: 20_000 }).not.toBe(before);
  await keepScreenshot(page, "site-graph");
});

it("ends an endless loop, and says that the variables are gone", async () => {
  await notebook.type("console.log('it begins'); while (true);");
  await page.evaluate(() => void window.jupyterapp.commands.execute("notebook:run-cell"));
  await page.locator(".jp-OutputArea", { hasText: "it begins" }).first().waitFor();
  await page.evaluate(() => window.jupyterapp.commands.execute("notebook:interrupt-kernel"));
  await page
    .locator(".jp-OutputArea", { hasText: "the variables of the session are gone" })
    .first()
    .waitFor();
});

it("has a kernel that starts and computes within three seconds", async () => {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    times.push(
      await page.evaluate(async () => {
        const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
        const start = performance.now();
        await kernel.restart();
        await kernel.requestExecute({ code: "tensor([[1, 2]]).sum()" }).done;
        return Math.round(performance.now() - start);
      }),
    );
  }
  console.log(`From the start of a kernel to its first result: ${times.join(", ")} ms`);
  expect(Math.min(...times)).toBeLessThan(3000);
}, 120_000);

it("leads from the documentation to a notebook, and from its help menu back", async () => {
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.evaluate(() => window.jupyterapp.commands.execute("help-menu-gradbook:Gradbook Documentation")),
  ]);
  await tab.waitForLoadState();
  expect(await tab.title()).toBe("Gradbook");
  await tab
    .getByRole("link", { name: /^Lecture 9b/ })
    .first()
    .click();
  await tab.getByRole("link", { name: "Try it here" }).click();
  await tab.locator(".jp-Notebook", { hasText: "Lecture 9b" }).waitFor({ timeout: 60_000 });
  await tab.close();
});

it("is there again after a reload, with nothing asked of anybody else", async () => {
  await open();
  await notebook.type("tensor([[7]]).add(1)");
  await page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-cell"));
  await page
    .locator(".jp-mod-active .jp-OutputArea-output, .jp-OutputArea-output", { hasText: "8" })
    .last()
    .waitFor();
  expect(elsewhere).toEqual([]);
});
