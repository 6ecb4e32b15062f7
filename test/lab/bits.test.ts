/**
 * The bits of the library on other engines: in a browser, in its page and in a worker, where nothing but files of the
 * library is served; and in the Node of the machine, which is often another than the one that runs the tests.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { BITS, bitsOf } from "../numeric/bits.ts";

const library = join(import.meta.dirname, "../../dist");
const WORKER = `import * as gb from "/index.js"; postMessage((${bitsOf})(gb));`;

/** Serves the built library, an empty page, and a worker. */
const server = createServer(async ({ url = "/" }, response) => {
  const path = normalize(url);
  const isScript = path.endsWith(".js");
  response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
  response.end(
    path === "/worker.js" ? WORKER : isScript ? await readFile(join(library, path)) : "<title>gb</title>",
  );
});

test("products, functions, reductions and a training run have the same bits in Chromium", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const inPage = await page.evaluate(`import("/index.js").then((gb) => (${bitsOf})(gb))`);
    expect(inPage).toEqual(BITS);
    const inWorker = await page.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker("/worker.js", { type: "module" });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`);
    expect(inWorker).toEqual(BITS);
  } finally {
    await browser.close();
    server.close();
  }
});

async function bitsIn(node: string): Promise<unknown> {
  const program = `
    import * as gb from ${JSON.stringify(pathToFileURL(join(library, "index.js")).href)};
    console.log(JSON.stringify((${bitsOf})(gb)));
  `;
  const { stdout } = await promisify(execFile)(node, ["--input-type=module", "--eval", program]);
  return JSON.parse(stdout);
}

test("they have the same bits in the Node of the machine", async () => {
  expect(await bitsIn("node")).toEqual(BITS);
});

// What the set-up brings where npm has one for the platform.
const nextNode = join(
  import.meta.dirname,
  `../../.cache/next-node/node_modules/node-${process.platform}-${process.arch}/bin/node`,
);

test.skipIf(!existsSync(nextNode))("they have the same bits in Node 26", async () => {
  expect(await bitsIn(nextNode)).toEqual(BITS);
});
