/** The JupyterLab plugin that shows the library's pictures in the colours of a dark page, and has plots follow. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry, RenderedSVG } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { addFollower, arrived } from "../live/followers.ts";
import { isOurs } from "./is-ours.ts";

const svg = "image/svg+xml";

/** Shown as JupyterLab shows pictures; the style sheet turns light and dark round in ours. */
class Picture extends RenderedSVG {
  #leave: () => void = () => {};

  override async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#leave();
    await super.renderModel(model);
    const source = String(model.data[svg]);
    if (this.isDisposed || !isOurs(source)) return;
    const { trusted, metadata } = model;
    const show = (picture: unknown): void => {
      const data = { [svg]: typeof picture === "string" ? picture : source };
      void super.renderModel({ trusted, metadata, data, setData: () => {} });
    };
    this.#leave = addFollower({ node: this.node, shown: source, show });
    arrived(this.node);
  }

  override render(model: IRenderMime.IMimeModel): Promise<void> {
    this.toggleClass("gb-Figure", isOurs(String(model.data[svg])));
    return super.render(model);
  }

  override dispose(): void {
    this.#leave();
    super.dispose();
  }
}

/** Renders `image/svg+xml` in place of JupyterLab's own renderer, which it is otherwise the same as. */
export const figurePlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:figure",
  description: "Shows Gradbook's plots and figures light on dark in a dark theme",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, rendermime: IRenderMimeRegistry) => {
    rendermime.addFactory({
      safe: false,
      mimeTypes: [svg],
      defaultRank: 80,
      createRenderer: (options) => new Picture(options),
    });
  },
};
