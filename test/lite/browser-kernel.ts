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
  { address: (file) => new URL(file, location.href).href, documentation: "docs/index.html", sources: async () => sources },
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

interface Driver {
  readonly kernel: { interrupt(): Promise<void> };
  readonly began: Promise<number>;
  send(type: string, content: object): string;
  heard(id: string): Heard[];
}

/** A kernel in a page of its own. */
export class BrowserKernel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Sends a message without waiting; `heard` collects what comes. */
  send(type: string, content: object): Promise<string> {
    return this.page.evaluate(([type, content]) => (window as never as Driver).send(type, content), [
      type,
      content,
    ] as const);
  }

  heard(id: string): Promise<Heard[]> {
    return this.page.evaluate((id) => (window as never as Driver).heard(id), id) as Promise<Heard[]>;
  }

  /** Sends a message and answers all that the kernel says about it until it is idle again. */
  async ask(type: string, content: object): Promise<Heard[]> {
    const id = await this.send(type, content);
    await this.page.waitForFunction(
      (id) => (window as never as Driver).heard(id).some(({ content }) => content.execution_state === "idle"),
      id,
      { timeout: 60_000, polling: 20 },
    );
    return this.heard(id);
  }

  /** Runs a cell, as nbclient sends it: without the cell's id. */
  run(code: string): Promise<Heard[]> {
    return this.ask("execute_request", { code, silent: false, store_history: true, allow_stdin: false });
  }

  interrupt(): Promise<void> {
    return this.page.evaluate(() => (window as never as Driver).kernel.interrupt());
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

/** The bundled kernel behind a server, and a browser to open it in. */
export class BrowserKernels {
  /** What the server was asked for since a page was opened. */
  readonly requests: string[] = [];
  readonly #folder: string;
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(folder: string, browser: Browser) {
    this.#folder = folder;
    this.#browser = browser;
    this.#server = serve(folder, this.requests);
  }

  static async start(): Promise<BrowserKernels> {
    const folder = mkdtempSync(join(tmpdir(), "gradbook-lite-"));
    await bundleLite();
    cpSync(join(root, "lite", "lib"), folder, { recursive: true });
    await bundle("kernel.ts", "page", folder);
    writeFileSync(join(folder, "index.html"), page);
    const { executablePath, args, env } = findBrowser();
    return new BrowserKernels(folder, await chromium.launch({ executablePath, args: [...args], env }));
  }

  /** Starts a kernel in a page; one that is isolated may share memory with its workers. */
  async open(isolated: boolean): Promise<BrowserKernel> {
    const tab = await this.#browser.newPage();
    const problems: string[] = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    this.requests.length = 0;
    const { port } = this.#server.address() as AddressInfo;
    await tab.goto(`http://127.0.0.1:${port}${isolated ? ISOLATED : ""}/index.html`);
    await tab
      .evaluate(() => (window as never as Driver).began ?? Promise.reject("no kernel"))
      .catch((error: unknown) => Promise.reject(new Error(`${error}: ${problems.join("; ")}`)));
    return new BrowserKernel(tab);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Below this lies the same folder again, with the headers by which pages may share memory. */
const ISOLATED = "/isolated";

const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Serves a folder, and writes down what it is asked for. */
function serve(folder: string, requests: string[]): Server {
  const server = createServer(({ url = "" }, response) => {
    requests.push(url);
    const isIsolated = url.startsWith(`${ISOLATED}/`);
    const path = (isIsolated ? url.slice(ISOLATED.length) : url).split("?")[0];
    try {
      const body = readFileSync(join(folder, path));
      const type = types[extname(path)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, ...(isIsolated ? isolation : {}) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return server.listen(0, "127.0.0.1");
}
