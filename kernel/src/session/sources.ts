/** The sources a session has run, cells and local files, and the way from running code back to them. */

import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapping } from "node:module";
import { relative } from "node:path";
import type { Place } from "gradbook/session";
import type { Cell } from "../bridge.ts";
import { lineAt } from "../language/cursor.ts";
import type { CompiledCell, LocalModule } from "../language/protocol.ts";
import { PREFIX, SCOPE } from "../language/scope.ts";

/** A position in a source as its author sees it; lines and columns count from 1. */
export interface Position {
  /** The source in words: `cell 3`, `helper.ts`. */
  readonly label: string;
  /** The text of the source, when it is at hand. */
  readonly source: string | undefined;
  readonly line: number;
  readonly column: number;
}

interface Known {
  readonly label: string;
  /** Files are read when an error asks for them. */
  readonly source: () => string | undefined;
  readonly code: readonly string[];
  readonly map: SourceMap;
}

type Payload = ConstructorParameters<typeof SourceMap>[0];

/** How a cell reads a name that may have no value; the call counts as being at its `read`. */
const READ = `${SCOPE}.read(${PREFIX}`;

const INLINE_MAP = /^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/m;

export class Sources {
  readonly #known = new Map<string, Known>();
  readonly #cells = new Map<number, Cell>();

  /** Remembers a compiled cell; returns the file name to run its code under. */
  addCell(cell: Cell, { code, sourceMap }: CompiledCell): string {
    const file = `gradbook-cell:${cell.id}`;
    this.#cells.set(cell.id, cell);
    // Node's type asks for a mutable map, which it does not change.
    const map = new SourceMap(sourceMap as Payload);
    this.#known.set(file, {
      label: labelOf(cell),
      source: () => cell.source,
      code: code.split("\n"),
      map,
    });
    return file;
  }

  /** Remembers a local file that a cell imports. */
  addFile({ path, code }: LocalModule): void {
    const [, encoded] = INLINE_MAP.exec(code) ?? [];
    if (encoded === undefined) return;
    const map = new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString()) as Payload);
    const label = relative(process.cwd(), path);
    this.#known.set(path, { label, source: () => textOf(path), code: code.split("\n"), map });
  }

  /** The line that the scope's `at` stood for (cursor.ts), as the reader of the notebook finds it. */
  placeOf(at: number): Place | null {
    const place = lineAt(at);
    const cell = place && this.#cells.get(place.cell);
    if (!place || !cell) return null;
    const id = cell.cellId === undefined ? {} : { id: cell.cellId };
    return { cell: cell.count, line: place.line, ...id };
  }

  /** Where a position in running code stands in its source; undefined when the code has none. */
  locate(file: string, line: number, column: number): Position | undefined {
    const known = this.#known.get(file);
    if (!known) return undefined;
    // A top-level name is mapped from where the name itself starts.
    const code = known.code[line - 1] ?? "";
    const entry = entryAt(known.map, line - 1, column - 1 + beforeName(code, column - 1), code.length);
    if (!entry) return undefined;
    const { originalLine, originalColumn } = entry;
    return {
      label: known.label,
      source: known.source(),
      line: originalLine + 1,
      column: originalColumn + 1,
    };
  }
}

/** The mapping of a position; of what the kernel wrote at the beginning of a line, the first one behind it there. */
function entryAt(map: SourceMap, line: number, column: number, width: number): SourceMapping | undefined {
  for (let at = column; at <= width; at++) {
    const entry = map.findEntry(line, at);
    if ("originalLine" in entry && entry.generatedLine === line) return entry;
  }
  return undefined;
}

/** How many characters of the kernel's own stand at an offset of a cell's code before the name they are there for. */
function beforeName(code: string, at: number): number {
  if (code.startsWith(READ, at - SCOPE.length - 1)) return READ.length - SCOPE.length - 1;
  return code.startsWith(PREFIX, at) ? PREFIX.length : 0;
}

/** A cell in words. */
export function labelOf({ count }: Cell): string {
  return `cell ${count}`;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // moved or deleted since it was loaded: the position alone must do
  }
}
