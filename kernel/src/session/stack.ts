/** Call stacks as the author of a notebook sees them: cells and own files, without what lies below. */

import { isAbsolute, relative } from "node:path";
import { withoutPrefix } from "../language/scope.ts";
import { inFolder, pathOf, slashed } from "../language/slashes.ts";
import type { Position, Sources } from "./sources.ts";

/** A call in a cell, or in a file that a cell loaded. */
export interface Frame extends Position {
  /** The function's name, or empty. */
  readonly name: string;
}

/** Enough to find the cell below a deep recursion in a library. */
const DEPTH = 200;

export class Stacks {
  readonly #sources: Sources;
  readonly #hidden: readonly string[];
  readonly #frames = new WeakMap<object, readonly Frame[]>();

  /** `hidden` are the folders whose code is left out: the kernel's and the library's. */
  constructor(sources: Sources, hidden: readonly string[]) {
    this.#sources = sources;
    this.#hidden = hidden.map((folder) => inFolder(slashed(folder), "/"));
  }

  /** From now on `error.stack` names cells, wherever it is printed. */
  install(): void {
    Error.stackTraceLimit = DEPTH;
    Error.prepareStackTrace = (error, sites) => {
      const frames = sites.flatMap((site) => this.#frame(site) ?? []);
      this.#frames.set(error, frames);
      return [withoutPrefix(headingOf(error)), ...frames.map((frame) => `    at ${describe(frame)}`)].join(
        "\n",
      );
    };
  }

  /** The frames of a thrown value, innermost first; empty when it is not an error. */
  frames(thrown: unknown): readonly Frame[] {
    if (!(thrown instanceof Error)) return [];
    void thrown.stack; // written, and its frames noted, when first read
    return this.#frames.get(thrown) ?? [];
  }

  #frame(site: NodeJS.CallSite): Frame | undefined {
    // Code that a browser evaluates has no file, but the name that its last line gives.
    const file = site.getFileName() ?? site.getScriptNameOrSourceURL();
    if (!file) return undefined;
    const name = withoutPrefix(site.getFunctionName() ?? "");
    const line = site.getLineNumber() ?? 1;
    const column = site.getColumnNumber() ?? 1;
    const path = file.startsWith("file:") ? pathOf(file) : file;
    const position = this.#sources.locate(path, line, column);
    if (position) return { name, ...position };
    if (!isAbsolute(path) || this.#hidden.some((folder) => path.startsWith(folder))) return undefined;
    return { name, label: relative(process.cwd(), path), source: undefined, line, column };
  }
}

/** What JavaScript writes above a stack, also of an object that is not an error, as in `console.trace`. */
function headingOf(thrown: object): string {
  return Error.prototype.toString.call(thrown);
}

/** A frame in the form JavaScript stacks have: `f (cell 3:2:5)`. */
function describe({ name, label, line, column }: Frame): string {
  const place = `${label}:${line}:${column}`;
  return name ? `${name} (${place})` : place;
}
