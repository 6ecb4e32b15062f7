/** A notebook in a real browser, driven as a person would: by JupyterLab's commands, the mouse and the keyboard. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { INotebookContent } from "@jupyterlab/nbformat";
import type { Kernel } from "@jupyterlab/services";
import type { Locator, Page } from "playwright-core";

/** The part of JupyterLab's notebook panel that the tests touch. */
interface NotebookPanel {
  readonly context: { readonly ready: Promise<void>; readonly model: { dirty: boolean } };
  readonly sessionContext: {
    readonly ready: Promise<void>;
    readonly session: { readonly kernel: Pick<Kernel.IKernelConnection, "restart" | "requestExecute"> };
  };
  readonly content: { activeCellIndex: number; readonly model: { toJSON(): INotebookContent } };
}

declare global {
  interface Window {
    /** Set by `--LabApp.expose_app_in_browser`. */
    readonly jupyterapp: Pick<JupyterFrontEnd, "commands"> & {
      readonly restored: Promise<void>;
      readonly shell: { readonly currentWidget: NotebookPanel };
    };
  }
}

export type Theme = "light" | "dark" | "contrast";

const themeNames: Record<Theme, string> = {
  light: "JupyterLab Light",
  dark: "JupyterLab Dark",
  contrast: "JupyterLab Dark High Contrast",
};

/** One open notebook. */
export class NotebookPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the notebook's cells and its kernel are there. */
  async ready(): Promise<void> {
    await this.page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    await this.page.evaluate(async () => {
      await window.jupyterapp.restored;
      const { context, sessionContext } = window.jupyterapp.shell.currentWidget;
      await context.ready;
      await sessionContext.ready;
    });
  }

  /** Closes the notebook without saving it, and opens another one in its place. */
  async turnTo(notebook: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(async (path) => {
      const { commands, shell } = window.jupyterapp;
      shell.currentWidget.context.model.dirty = false; // or JupyterLab would ask whether to save it
      await commands.execute("application:close-all");
      await commands.execute("docmanager:open", { path });
    }, notebook);
    await this.ready();
  }

  /** Runs all cells and waits until the kernel is done with them. */
  async runAll(): Promise<void> {
    await this.page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-all-cells"));
  }

  /** The notebook as it would be saved now. */
  async content(): Promise<INotebookContent> {
    return await this.page.evaluate(() => window.jupyterapp.shell.currentWidget.content.model.toJSON());
  }

  /** The cell at `index`, scrolled into view: JupyterLab draws the outputs of the cells near the window only. */
  async cell(index: number): Promise<Locator> {
    const cell = this.page.locator(".jp-Notebook .jp-Cell").nth(index);
    await cell.scrollIntoViewIfNeeded();
    return cell;
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate(
      (name) => window.jupyterapp.commands.execute("apputils:change-theme", { theme: name }),
      themeNames[theme],
    );
    await this.page
      .locator(`body[data-jp-theme-light="${theme === "light"}"]`)
      .waitFor({ state: "attached" });
    await this.page.locator("#jupyterlab-splash").waitFor({ state: "detached" }); // it covers the page meanwhile
  }

  /** Types `code` into a new cell at the end, with the cursor left behind it. */
  async type(code: string): Promise<void> {
    await this.page.evaluate(async () => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = content.model.toJSON().cells.length - 1;
      await window.jupyterapp.commands.execute("notebook:insert-cell-below");
      await window.jupyterapp.commands.execute("notebook:enter-edit-mode");
    });
    await this.page.locator(".jp-Notebook .jp-Cell.jp-mod-active .cm-content:focus").waitFor();
    await this.page.keyboard.type(code);
  }
}
