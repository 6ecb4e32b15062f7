/** The documentation, which comes with the JupyterLab extension, so that it is read without a network. */

import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { EXTENSION, PACKAGE } from "./kernelspec.ts";
import { launcher } from "./python.ts";

/** The folder of the extension that it lies in. */
export const DOCS = "docs";

/** Where a checkout has it once it was built. */
export const docsOfCheckout: string = join(PACKAGE, "..", "docs", "api");

/** Its address on the server that has started this kernel; undefined where nobody has built it. */
export function documentation(
  env: NodeJS.ProcessEnv = process.env,
  isThere: boolean = launcher !== undefined || existsSync(docsOfCheckout),
): string | undefined {
  if (!isThere) return undefined;
  // On a JupyterHub a person's server stands below an address of its own.
  const server = env.JUPYTERHUB_SERVICE_PREFIX || "/";
  return posix.join(server, "lab", "extensions", EXTENSION, DOCS, "index.html");
}
