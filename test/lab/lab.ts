/** JupyterLab in a real browser, for one test file. */
import { chromium, type Page } from "playwright-core";
import { findBrowser } from "../../scripts/browser.ts";
import { type LabOptions, startServer } from "./lab-server.ts";
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
    const openPage = async (path: string, { scale = 1, ...viewport }: Screen) => {
      const context = await browser.newContext({
        viewport,
        deviceScaleFactor: scale,
        permissions: ["clipboard-read", "clipboard-write"],
      });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      // Without reset, JupyterLab would bring back what an earlier page of this server had open.
      await page.goto(server.address(`${path}?reset`));
      return page;
    };
    const open = async (notebook: string, screen: Screen) => {
      const opened = new NotebookPage(await openPage(`lab/tree/${notebook}`, screen));
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
          await latest.turnTo(notebook);
        }
        return latest;
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
