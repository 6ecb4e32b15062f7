/** What a cell's last expression shows, as the kernel shows it, in the forms that are safe to keep. */

import { mimeBundle } from "@gradbook/kernel/session/mime";

/** Forms that no program can hide in. */
const SAFE: readonly string[] = ["text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg"];

/** Characters of one form. */
const LONGEST = 200_000;

export async function shownAs(value: unknown): Promise<Record<string, unknown>> {
  const bundle = await mimeBundle(value);
  const safe = SAFE.flatMap((type) => {
    const form = bundle[type];
    return typeof form === "string" && form.length <= LONGEST ? [[type, form] as const] : [];
  });
  return Object.fromEntries(safe);
}
