/** Text with colours, for the tracebacks of notebooks. */

import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours are for those who read the notebook: what the kernel's own terminal can show does not matter. */
export function coloured(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
