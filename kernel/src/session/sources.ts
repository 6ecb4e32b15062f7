/** The sources a session has run, cells and local files, and the way from running code back to them. */

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Place } from "gradbook/session";
import type { Cell } from "../bridge.ts";
import { lineAt } from "../language/cursor.ts";
import { inlineMapped, MappedCode } from "../language/mapped-code.ts";
import type { CompiledCell, LocalModule } from "../language/protocol.ts";
import { fileOf } from "../language/scope.ts";

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
  readonly code: MappedCode;
}

export class Sources {
  readonly #known = new Map<string, Known>();
  readonly #cells = new Map<number, Pick<Cell, "count" | "cellId">>();

  /** Remembers a compiled cell; returns the file name to run its code under. */
  addCell(cell: Cell, { code, sourceMap }: CompiledCell): string {
    const { id, count, cellId, source } = cell;
    const file = fileOf(id);
    // Not the cell itself: what it holds while it runs would stay as long as the session.
    this.#cells.set(id, { count, cellId });
    this.#known.set(file, {
      label: labelOf(cell),
      source: () => source,
      code: new MappedCode(code, sourceMap),
    });
    return file;
  }

  /** Remembers a local file that a cell imports. */
  addFile({ path, code }: LocalModule): void {
    const mapped = inlineMapped(code);
    if (!mapped) return;
    const label = relative(process.cwd(), path);
    this.#known.set(path, { label, source: () => textOf(path), code: mapped });
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
    const spot = known?.code.locate({ line, column });
    return known && spot && { label: known.label, source: known.source(), ...spot };
  }

  /** The text of a cell or a local file. */
  textOf(file: string): string | undefined {
    return this.#known.get(file)?.source();
  }

  /** The code of a source with its map, for who knows neither. */
  codeOf(file: string): MappedCode | undefined {
    return this.#known.get(file)?.code;
  }
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
