/** Breakpoints, by the paths and lines of what a person wrote, and where V8 has them in the code that it runs. */

import type { Inspector } from "./inspector.ts";
import { pathOfCell } from "./paths.ts";
import type { Breakpoint } from "./protocol.ts";
import type { Script, Scripts } from "./scripts.ts";

/** A line at which to stop, perhaps only where an expression of the code holds. */
export interface Asked {
  readonly line: number;
  readonly condition?: string;
}

export class Breakpoints {
  readonly #inspector: Inspector;
  readonly #scripts: Scripts;
  readonly #asked = new Map<string, readonly Asked[]>();
  /** What V8 calls them, by the paths of their sources. */
  readonly #set = new Map<string, string[]>();

  constructor(inspector: Inspector, scripts: Scripts) {
    this.#inspector = inspector;
    this.#scripts = scripts;
  }

  /** Has these and no others in a source; answers at which lines they stand. */
  async replace(path: string, asked: readonly Asked[]): Promise<Breakpoint[]> {
    this.#asked.set(path, asked);
    for (const breakpointId of this.#set.get(path) ?? [])
      await this.#inspector.post("Debugger.removeBreakpoint", { breakpointId });
    this.#set.set(path, []);
    let lines = asked.map(({ line }) => line);
    for (const { url, script } of await this.#scripts.at(path)) {
      lines = await this.#put(path, script, { urlRegex: url });
    }
    return asked.map((_, i) => ({ verified: true, line: lines[i], source: { path } }));
  }

  /** Sets those of a cell, and of files that it brings, before it runs. */
  async prepare(source: string, url: string, files: readonly string[]): Promise<void> {
    const script = await this.#scripts.find(url);
    const path = pathOfCell(source);
    if (script && this.#asked.has(path)) await this.#put(path, script, { url });
    for (const file of files) await this.replace(file, this.#asked.get(file) ?? []);
  }

  /** All of them, as front ends are told. */
  all(): { readonly source: string; readonly breakpoints: readonly Asked[] }[] {
    return [...this.#asked]
      .filter(([, asked]) => asked.length > 0)
      .map(([source, breakpoints]) => ({ source, breakpoints }));
  }

  async #put(path: string, { code }: Script, where: object): Promise<number[]> {
    const lines: number[] = [];
    for (const { line, condition } of this.#asked.get(path) ?? []) {
      const spot = code.spotOf(line);
      lines.push(spot?.line ?? line);
      if (!spot) continue;
      const place = { lineNumber: spot.code.line - 1, columnNumber: spot.code.column - 1 };
      const { breakpointId } = await this.#inspector.post<{ breakpointId: string }>(
        "Debugger.setBreakpointByUrl",
        { ...where, ...place, ...(condition && { condition }) },
      );
      this.#set.set(path, [...(this.#set.get(path) ?? []), breakpointId]);
    }
    return lines;
  }
}
