/** One short text that changes when any of the files does. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

/** The hash of all files that the patterns match, names and contents; patterns count from the checkout's folder. */
export function hashFiles(...patterns: string[]): string {
  const hash = createHash("sha256");
  const names = globSync(patterns, { cwd: root }).sort();
  for (const name of names) {
    const file = join(root, name);
    if (statSync(file).isFile())
      hash
        .update(`${name.replaceAll("\\", "/")}\0`)
        .update(readFileSync(file))
        .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}
