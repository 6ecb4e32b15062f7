/** What the kernel says about itself to a front end that connects. */

import type { Content } from "../bridge.ts";
import { version } from "../version.ts";

/** The version of the messaging protocol this kernel speaks. */
export const PROTOCOL = "5.5";

/** What differs from one kernel to another. */
interface Abilities {
  readonly hasDebugger?: boolean;
  /** Where the help menu leads. */
  readonly documentation?: string | undefined;
}

/** The content of a `kernel_info_reply`. */
export function kernelInfo({ hasDebugger = false, documentation }: Abilities = {}): Content {
  // In a tab of the browser: JupyterLab's own would keep the page from its fonts.
  const link = { text: "Gradbook Documentation", url: documentation, newBrowserTab: true };
  return {
    ...info,
    debugger: hasDebugger,
    supported_features: hasDebugger ? ["debugger"] : [],
    help_links: documentation === undefined ? [] : [link],
  };
}

const info = {
  status: "ok",
  protocol_version: PROTOCOL,
  implementation: "gradbook",
  implementation_version: version,
  banner: `Gradbook ${version}: TypeScript with matrices and their gradients`,
  language_info: {
    name: "typescript",
    // A notebook keeps it. That of Node differs from machine to machine, and would mark every notebook as changed.
    version,
    mimetype: "application/x-typescript",
    file_extension: ".ts",
    codemirror_mode: "typescript",
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  },
};
