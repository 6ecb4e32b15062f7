/** Leads from every page to the notebooks in the browser: from a notebook's page to that notebook. */

import { JSX, type Renderer } from "typedoc";

/** The notebook for everybody else. */
const FIRST = "lectures/09-jacobians";

/** Links JupyterLite, which lies at this address as counted from the first page. */
export function linkJupyterLite({ hooks }: Renderer, address: string): void {
  hooks.on("content.begin", (context) => {
    const { model } = context.page;
    const own = model.isDocument() ? model.frontmatter.notebook : undefined;
    const notebook = typeof own === "string" ? own : FIRST;
    const href = `${context.relativeURL(address)}?path=${notebook}.ipynb`;
    return JSX.createElement("a", { class: "try", href }, "Try it here, in the browser");
  });
}
