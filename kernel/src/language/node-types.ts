/** When a cell needs all of Node's types, and where they are. */

import type ts from "typescript";
import { fixesOf } from "./beginners/advise.ts";
import { builtinModules, createRequire, existsSync, path } from "./node.ts";
import { slashed } from "./slashes.ts";
import { typescript } from "./typescript.ts";

/** `@types/node` as the notebook's folder has it, else the kernel's; a browser has neither. */
export function nodeTypes(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const own = path.posix.join(at, "node_modules/@types/node/index.d.ts");
    if (existsSync(own)) return own;
    if (path.dirname(at) === at) break;
  }
  const manifest = createRequire(import.meta.url).resolve("@types/node/package.json");
  const ours = slashed(path.join(path.dirname(manifest), "index.d.ts"));
  return existsSync(ours) ? ours : undefined;
}

const MODULES: ReadonlySet<string> = new Set(builtinModules.filter((name) => !name.startsWith("_")));
const IMPORT = /\b(?:from|import)\s*\(?\s*["'](node:)?([\w/]+)["']/g;
/** A name and a dot, behind which completion proposes something. */
const MEMBER = /(?<![\w$.])([A-Za-z_$][\w$]*)\??\.[\w$]*$/;

/** Whether code imports a module of Node. */
export function importsNode(source: string): boolean {
  return [...source.matchAll(IMPORT)].some(([, prefix, name]) => prefix !== undefined || MODULES.has(name));
}

/** Whether the cursor stands behind a name that Node has beside those of ECMAScript. */
export function asksForNode(before: string): boolean {
  const [, name] = MEMBER.exec(before) ?? [];
  return name !== undefined && isRuntimeName(name);
}

/** Whether Node has a name in its global scope. */
export function isRuntimeName(name: string): boolean {
  return name in globalThis;
}

/**
 * The problems that may be gone once all types are known: a name, a module or a property that is not found, and what
 * does not fit the few types that are there.
 */
const PERHAPS: ReadonlySet<number> = new Set([
  2304, 2305, 2307, 2314, 2315, 2322, 2339, 2345, 2353, 2503, 2551, 2552, 2554, 2555, 2558, 2580, 2583, 2584,
  2591, 2694, 2749, 2769, 18004,
]);
const MISSING_NAME: ReadonlySet<number> = new Set([2304, 2552, 2580, 2584, 2591, 18004]);

export function mayBeAboutNode(diagnostic: ts.Diagnostic): boolean {
  // A mistake that we have words for, and shapes, of which the library speaks in a way of its own, have other reasons.
  if (!PERHAPS.has(diagnostic.code) || fixesOf(diagnostic).length > 0) return false;
  return !typescript.flattenDiagnosticMessageText(diagnostic.messageText, " ").includes("ShapeProblem");
}

/** The name that a problem says is not there. */
export function missingName({ code, file, start = 0, length = 0 }: ts.Diagnostic): string | undefined {
  return MISSING_NAME.has(code) ? file?.text.slice(start, start + length) : undefined;
}
