/** The kernel for the browser, in a real one, without JupyterLite around it: cells go in, messages come out. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { bundle, bundleLite } from "../../lite/build.ts";
import { findBrowser } from "../../scripts/browser.ts";

import { root } from "../../scripts/setup/paths.ts";

/** A message of the kernel, as far as the tests look at it. */
export interface Heard {
  readonly channel: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: contents of every kind
  readonly content: any;
}

/** What a test does with a kernel in a page. */
export interface BrowserKernel {
  readonly page: Page;
  /** Milliseconds until the kernel was ready. */
  readonly startTime: number;
  /** Addresses that the page has asked for. */
  readonly requests: readonly string[];
  /** Sends a message and answers all that the kernel says about it until it is idle again. */
  ask(type: string, content: object): Promise<Heard[]>;
  /** Runs a cell. */
  run(code: string): Promise<Heard[]>;
  /** Sends a message without waiting; `heard` collects what comes. */
  send(type: string, content: object): Promise<string>;
  heard(id: string): Promise<Heard[]>;
  interrupt(): Promise<void>;
  stop(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

// The page's part of the tests: it keeps what the kernel says, by the message that it is about.
const page = `<!doctype html><script type="module">
import { Kernel } from "./kernel.js";
const heard = new Map();
const sources = {};
const kernel = new Kernel(
  { id: "k", name: "gradbook", location: "", sendMessage: ({ channel, header, parent_header, content }) => {
    const id = parent_header.msg_id ?? "";
    heard.set(id, [...(heard.get(id) ?? []), { channel, type: header.msg_type, content }]);
  } },
  { address: (file) => new URL(file, location.href).href, sources: async () => sources },
);
const start = performance.now();
window.kernel = kernel;
window.sources = sources;
window.heard = (id) => heard.get(id) ?? [];
window.began = kernel.ready.then(() => performance.now() - start);
window.send = (type, content) => {
  const id = crypto.randomUUID();
  kernel.handleMessage({ channel: "shell", header: { msg_id: id, msg_type: type, session: "s", username: "", date: "", version: "5.5" },
    parent_header: {}, metadata: content.cellId ? { cellId: content.cellId } : {}, content, buffers: [] });
  return id;
};
</script>`;

/** Bundles the kernel, serves it, and starts it in a page; \`isolated\` pages may share memory with their workers. */
export async function startBrowserKernel(isolated: boolean): Promise<BrowserKernel> {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-lite-"));
  await bundleLite();
  cpSync(join(root, "lite", "lib"), folder, { recursive: true });
  await bundle("kernel.ts", "page", folder);
  writeFileSync(join(folder, "index.html"), page);
  const { server, requests } = await serve(folder, isolated);
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env });
  const tab = await browser.newPage();
  const problems: string[] = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
  const began = await tab
    .evaluate(() => (window as unknown as { began: Promise<number> }).began ?? Promise.reject("no kernel"))
    .catch((error: unknown) => Promise.reject(new Error(`${error}: ${problems.join("; ")}`)));

  const send = (type: string, content: object): Promise<string> =>
    tab.evaluate(([type, content]) => (window as never as Driver).send(type, content), [
      type,
      content,
    ] as const);
  const heard = (id: string): Promise<Heard[]> =>
    tab.evaluate((id) => (window as never as Driver).heard(id), id) as Promise<Heard[]>;
  const ask = async (type: string, content: object): Promise<Heard[]> => {
    const id = await send(type, content);
    await tab.waitForFunction(
      (id) => (window as never as Driver).heard(id).some(({ content }) => content.execution_state === "idle"),
      id,
      { timeout: 60_000 },
    );
    return heard(id);
  };
  return {
    page: tab,
    startTime: began,
    requests,
    send,
    heard,
    ask,
    run: (code) => ask("execute_request", { code, silent: false, store_history: true, allow_stdin: false }),
    interrupt: () => tab.evaluate(() => (window as never as Driver).kernel.interrupt()),
    async stop() {
      await end(browser, server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Driver {
  readonly kernel: { interrupt(): Promise<void> };
  send(type: string, content: object): string;
  heard(id: string): Heard[];
}

async function serve(folder: string, isolated: boolean): Promise<{ server: Server; requests: string[] }> {
  const requests: string[] = [];
  const headers = isolated
    ? { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" }
    : {};
  const server = createServer(({ url = "" }, response) => {
    requests.push(url);
    const path = url.split("?")[0];
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, {
        "content-type": types[extname(path)] ?? "application/octet-stream",
        ...headers,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, requests };
}

async function end(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.close();
}
