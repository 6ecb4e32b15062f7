/** The JupyterLab plugin that shows derivations by our renderer wherever outputs are shown. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ITranslator } from "@jupyterlab/translation";
import { translationDomain, untranslated } from "../translation.ts";
import { derivationMimeType } from "./derivation-mime-type.ts";
import { DerivationWidget } from "./derivation-widget.ts";
import { IJudge, type Judge } from "./judge.ts";

/** Renders `application/vnd.gradbook.derivation.v1+json`; without it the same output shows its `text/latex`. */
export const derivationPlugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlab:derivation",
  description: "Shows how a gradient comes about, line by line",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator, IJudge],
  activate: (
    _app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    judge: Judge | null,
  ) => {
    const translation = translator?.load(translationDomain) ?? untranslated;
    rendermime.addFactory({
      // The data are only read, never run or inserted as HTML, so notebooks that are not trusted yet show them too.
      safe: true,
      mimeTypes: [derivationMimeType],
      // Before text/html (50) and text/latex (70), which stand in the same output for every other reader.
      defaultRank: 10,
      createRenderer: ({ mimeType }) => new DerivationWidget({ mimeType, translation, judge }),
    });
  },
};
