/** JupyterLab in a real browser. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../scripts/browser.ts";
import { type LabServer, type ServerOptions, startServer, writeJson } from "./lab-server.ts";
import { NotebookPage } from "./notebook-page.ts";

/** A running JupyterLab and a browser to look at it. */
export interface Lab {
  /** Opens a notebook as a person who was never here before, and waits until its kernel is ready. */
  open(notebook: string, screen?: Screen): Promise<NotebookPage>;
  /** Goes on to a notebook in the window of the turn before, which is quicker: only that window's notebook is closed. */
  turnTo(notebook: string, screen?: Omit<Screen, "scale">): Promise<NotebookPage>;
  /** Opens a notebook in Notebook 7, which the same server has; `ready` is for JupyterLab, so wait for what you need. */
  openNotebook7(notebook: string, screen?: Screen): Promise<Page>;
  /** Opens JupyterLab without a notebook, at its launcher. */
  openLauncher(): Promise<Page>;
  /** Closes all pages and ends their kernels. */
  stop(): Promise<void>;
}

/** The window to look through. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Pixels of a picture per pixel of the page; 1 unless said otherwise. */
  readonly scale?: number;
}

/** Longer than any wait takes on a machine that is busy with other things. */
const patience = 60_000;

const desktop: Screen = { width: 1280, height: 900 };

/** What a lab is asked for. */
export interface LabOptions extends ServerOptions {
  /** Notebooks to add to the copies of the repo's own, as JSON by name. */
  readonly notebooks?: Readonly<Record<string, unknown>>;
}

/** A server and a browser. */
interface Host {
  readonly server: LabServer;
  readonly browser: Browser;
  stop(): Promise<void>;
}

async function startHost(options: ServerOptions): Promise<Host> {
  const server = await startServer(options);
  try {
    const { executablePath, args, env } = findBrowser();
    const browser = await chromium.launch({ executablePath, args: [...args], env });
    const stop = async () => {
      await browser.close();
      await server.stop();
    };
    return { server, browser, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** JupyterLab as it is installed, for all files of this process: it ends with the process. */
let ordinary: Promise<Host> | undefined;

/** Opens a lab: on the server and in the browser of the files before, unless it is to be a JupyterLab of its own. */
export async function startLab({ notebooks = {}, ...options }: LabOptions = {}): Promise<Lab> {
  const isOrdinary = Object.keys(options).length === 0;
  if (isOrdinary) ordinary ??= startHost({});
  const { server, browser, stop } = await (isOrdinary && ordinary ? ordinary : startHost(options));
  const folder = randomUUID().slice(0, 8);
  for (const [name, notebook] of Object.entries(notebooks)) {
    await writeJson(join(server.root, folder, name), notebook);
  }
  const pathOf = (notebook: string) => (notebook in notebooks ? `${folder}/${notebook}` : notebook);

  const contexts: BrowserContext[] = [];
  const openPage = async (path: string, { scale = 1, ...viewport }: Screen) => {
    const context = await browser.newContext({
      viewport,
      deviceScaleFactor: scale,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    contexts.push(context);
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    // Without reset, JupyterLab would bring back what an earlier page of this server had open.
    await page.goto(server.address(`${path}?reset`));
    return page;
  };
  const open = async (notebook: string, screen: Screen) => {
    const opened = new NotebookPage(await openPage(`lab/tree/${pathOf(notebook)}`, screen));
    await opened.ready();
    return opened;
  };
  let latest: NotebookPage | undefined;
  return {
    open: (notebook, screen = desktop) => open(notebook, screen),
    async turnTo(notebook, { width, height } = desktop) {
      if (latest === undefined) {
        latest = await open(notebook, { width, height });
      } else {
        await latest.page.setViewportSize({ width, height });
        await latest.turnTo(pathOf(notebook));
      }
      return latest;
    },
    openNotebook7: (notebook, screen = desktop) => openPage(`notebooks/${pathOf(notebook)}`, screen),
    openLauncher: () => openPage("lab", desktop),
    async stop() {
      if (!isOrdinary) return stop();
      await Promise.all(contexts.map((context) => context.close()));
      await server.reset();
    },
  };
}
