/** JupyterLab in a real browser, for one test file. */
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../scripts/browser.ts";
import { type LabOptions, startServer } from "./lab-server.ts";
import { NotebookPage } from "./notebook-page.ts";

/** A running JupyterLab and a browser to look at it. */
export interface Lab {
  /** Opens a notebook as a person who was never here before, and waits until its kernel is ready. */
  open(notebook: string, screen?: Screen): Promise<NotebookPage>;
  /** Opens a notebook in Notebook 7, which the same server has; `ready` is for JupyterLab, so wait for what you need. */
  openNotebook7(notebook: string, screen?: Screen): Promise<Page>;
  /** Opens JupyterLab without a notebook, at its launcher. */
  openLauncher(): Promise<Page>;
  /** Closes the browser and ends the server with its kernels. */
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

/** Starts the server and the browser. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const server = await startServer(options);
  try {
    const { executablePath, args, env } = findBrowser();
    const browser = await chromium.launch({ executablePath, args: [...args], env });
    // Pages of one context share what was loaded and compiled: JupyterLab is 20 MB of JavaScript.
    const contexts = new Map<number, Promise<BrowserContext>>();
    const newContext = async (deviceScaleFactor: number) => {
      const permissions = ["clipboard-read", "clipboard-write"];
      const context = await browser.newContext({ deviceScaleFactor, permissions });
      context.setDefaultTimeout(patience);
      return context;
    };
    const openPage = async (path: string, { scale = 1, ...viewport }: Screen) => {
      if (!contexts.has(scale)) contexts.set(scale, newContext(scale));
      const context = (await contexts.get(scale)) as BrowserContext;
      await context.clearCookies();
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      // Without reset, JupyterLab would bring back what an earlier page of this server had open.
      await page.goto(server.address(`${path}?reset`));
      return page;
    };
    return {
      async open(notebook, screen = desktop) {
        const opened = new NotebookPage(await openPage(`lab/tree/${notebook}`, screen));
        await opened.ready();
        return opened;
      },
      openNotebook7: (notebook, screen = desktop) => openPage(`notebooks/${notebook}`, screen),
      openLauncher: () => openPage("lab", desktop),
      async stop() {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
