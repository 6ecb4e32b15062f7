/** The JupyterLab plugin that shows the library's pictures in the colours of a dark page. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry, RenderedSVG } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { isOurs } from "./is-ours.ts";

const svg = "image/svg+xml";

/** Shown as JupyterLab shows pictures; the style sheet turns light and dark round in ours. */
class Picture extends RenderedSVG {
  override render(model: IRenderMime.IMimeModel): Promise<void> {
    this.toggleClass("gb-Figure", isOurs(String(model.data[svg])));
    return super.render(model);
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
