/** What `import * as tslab from "tslab"` gives to notebooks that were written for that kernel. */

import { type Display as Shown, display as shown } from "gradbook";

type Kind = Exclude<keyof Shown, "raw" | keyof CallableFunction>;

const KINDS: readonly Kind[] = [
  ...(["javascript", "html", "markdown", "latex", "svg", "text"] as const),
  ...(["png", "jpeg", "gif", "pdf"] as const),
];

let displays = 0;

/** A display that changes in place when something else is shown by it. */
export function newDisplay(): object {
  displays += 1;
  return displayBy({ id: `tslab-${displays}` });
}

function displayBy(options: { readonly id?: string }): object {
  const kinds = KINDS.map((kind) => [kind, (content: never) => shown[kind](content, options)]);
  const raw = (type: string, content: unknown): void => shown.raw(type, content, options);
  return { ...Object.fromEntries(kinds), raw };
}

export const display: object = displayBy({});

export const versions: Readonly<Record<string, string | undefined>> = {
  tslab: "1.0.22",
  typescript: "6",
  node: process.versions.node,
};
