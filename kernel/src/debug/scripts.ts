/** The scripts that a debugger speaks of: runs of cells, and local files. */

import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { inlineMapped, MappedCode } from "../language/mapped-code.ts";
import type { CompiledCell, LocalModule, RawSourceMap } from "../language/protocol.ts";
import { CELL_FILE } from "../language/scope.ts";
import { pathOf } from "../language/slashes.ts";
import type { Inspector } from "./inspector.ts";
import { isOfCell, pathOfCell } from "./paths.ts";

/** What V8 runs under one name. */
export interface Script {
  /** The path of its source, as front ends know it. */
  readonly path: string;
  /** The source in words. */
  readonly name: string;
  readonly code: MappedCode;
}

/** What of the runs of cells the debugger asks for. */
export interface Runs {
  /** The text of a run's cell, and the number beside it; undefined where there was no such run. */
  of(run: number): { readonly source: string; readonly count: number } | undefined;
  /** How many there were. */
  readonly count: number;
}

/** A part of the URL of a local file that is loaded for cells (session/modules.ts). */
const OF_SESSION = "?gradbook=";

/** The URLs of scripts that are not the notebook's: a debugger goes through them without stopping. */
export const NOT_OURS: string = `^(?!${CELL_FILE})(?!.*\\?gradbook=\\d+$)`;

export class Scripts {
  readonly #inspector: Inspector;
  readonly #runs: Runs;
  readonly #known = new Map<string, Script>();
  /** The URLs of the notebook's own scripts, by the numbers that V8 gives them. */
  readonly #urls = new Map<string, string>();

  constructor(inspector: Inspector, runs: Runs) {
    this.#inspector = inspector;
    this.#runs = runs;
    inspector.onScript(({ scriptId, url }) => {
      if (isOurs(url)) this.#urls.set(scriptId, url);
    });
  }

  /** The script that V8 has under a number; undefined for what is not the notebook's own. */
  async of(scriptId: string): Promise<Script | undefined> {
    const url = this.#urls.get(scriptId);
    return url === undefined ? undefined : await this.find(url);
  }

  /** Knows a run of a cell before it begins, with the files that it brings. */
  add(run: number, { code, sourceMap, modules }: CompiledCell): void {
    this.#addCell(run, new MappedCode(code, sourceMap));
    for (const module of modules) this.#addFile(module);
  }

  /** The script of a URL of the notebook's own. */
  async find(url: string): Promise<Script | undefined> {
    const file = isFile(url) ? pathOf(url.slice(0, url.indexOf("?"))) : url;
    if (!this.#known.has(file)) await this.#ask(file);
    return this.#known.get(file);
  }

  /** The text of a source that front ends know by its path. */
  async sourceAt(path: string): Promise<string | undefined> {
    if (isOfCell(path)) return this.#runs.of(this.#runsAt(path)[0])?.source;
    return await this.#inspector.ask<string | undefined>("text", path);
  }

  /** The scripts there are of a source, as patterns of their URLs with their code. */
  async at(path: string): Promise<{ readonly url: string; readonly script: Script }[]> {
    const files = isOfCell(path) ? this.#runsAt(path).map((run) => CELL_FILE + run) : [path];
    const found: { url: string; script: Script }[] = [];
    for (const file of files) {
      if (!this.#known.has(file)) await this.#ask(file);
      const script = this.#known.get(file);
      if (script) found.push({ url: file === path ? patternOf(path) : `^${file}$`, script });
    }
    return found;
  }

  /** The local files that are known. */
  files(): Script[] {
    return [...this.#known].filter(([file]) => !file.startsWith(CELL_FILE)).map(([, script]) => script);
  }

  /** The runs of cells with the text that a path stands for, the latest first. */
  #runsAt(path: string): number[] {
    const found: number[] = [];
    for (let run = this.#runs.count - 1; run >= 0; run--) {
      const cell = this.#runs.of(run);
      if (cell && pathOfCell(cell.source) === path) found.push(run);
    }
    return found;
  }

  /** Code that ran before the debugger was there. */
  async #ask(file: string): Promise<void> {
    const known = await this.#inspector.ask<{ code: string; map: RawSourceMap } | undefined>("codeOf", file);
    if (!known) return;
    const code = new MappedCode(known.code, known.map);
    if (file.startsWith(CELL_FILE)) this.#addCell(Number(file.slice(CELL_FILE.length)), code);
    else this.#known.set(file, { path: file, name: basename(file), code });
  }

  #addCell(run: number, code: MappedCode): void {
    const cell = this.#runs.of(run);
    if (!cell) return;
    this.#known.set(CELL_FILE + run, { path: pathOfCell(cell.source), name: `cell ${cell.count}`, code });
  }

  #addFile({ path, code }: LocalModule): void {
    const mapped = inlineMapped(code);
    if (mapped) this.#known.set(path, { path, name: basename(path), code: mapped });
  }
}

function isOurs(url: string): boolean {
  return url.startsWith(CELL_FILE) || isFile(url);
}

function isFile(url: string): boolean {
  return url.startsWith("file:") && url.includes(OF_SESSION);
}

/** The URLs of a local file, which has a new one each time it is read. */
function patternOf(path: string): string {
  const literal = pathToFileURL(path).href.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `^${literal}\\?gradbook=\\d+$`;
}
