/** JupyterLab's trust in the notebooks as they are shipped: it then shows their pictures before a cell is run. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { hashFiles } from "./hash-files.ts";
import { jupyterEnvironment } from "./jupyter-environment.ts";
import { cache, python, root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import type { Step } from "./step.ts";

/** Where the JupyterLab of `npm start` keeps settings, trust and the like. */
export const jupyterHome: string = join(cache, "jupyter");

const shipped = "notebooks/{lectures,explore}/*.ipynb";

/** The signatures of what comes with the repository. Homework comes from elsewhere and has to earn its trust. */
export function trustedNotebooks(stop: AbortSignal): Step {
  return {
    title: "Notebooks",
    doing: "signing",
    stamp: join(jupyterHome, "data", "gradbook-trust.json"),
    inputs: { notebooks: hashFiles(shipped) },
    async run() {
      const args = [
        "-I",
        "-c",
        "from nbformat.sign import main; main()",
        ...globSync(shipped, { cwd: root }),
      ];
      await runQuietly({ name: "trust", command: python, args, env: jupyterEnvironment(jupyterHome) }, stop);
    },
  };
}
