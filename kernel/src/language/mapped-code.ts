/** Code that runs, with the way back to the lines that a person wrote. */

import { SourceMap, type SourceMapPayload } from "./node.ts";
import type { RawSourceMap } from "./protocol.ts";
import { PREFIX, SCOPE } from "./scope.ts";

/** A place in a text; lines and columns count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

interface Mapping {
  readonly generatedLine: number;
  readonly generatedColumn: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

/** How a cell reads a name that may have no value; the call counts as being at its `read`. */
const READ = `${SCOPE}.read(${PREFIX}`;
/** What the function of a cell does before its own first statement (rewrite.ts). */
const HEAD = /^\(?(?:async )?function \(cell\$.*?\.steps = 1; /;

export class MappedCode {
  readonly #code: string;
  readonly #payload: RawSourceMap;
  #lines: readonly string[] | undefined;
  #map: SourceMap | undefined;

  /** Takes no work and little memory, as most code is never asked about. */
  constructor(code: string, map: RawSourceMap) {
    this.#code = code;
    this.#payload = map;
  }

  /** All of it, to be sent elsewhere. */
  toJSON(): { readonly code: string; readonly map: RawSourceMap } {
    return { code: this.#code, map: this.#payload };
  }

  /** Where a position of the code stands in the source; undefined when it has none there. */
  locate({ line, column }: Spot): Spot | undefined {
    const text = this.#textOf(line);
    // A top-level name is mapped from where the name itself starts.
    const found = this.#entryAt(line - 1, column - 1 + beforeName(text, column - 1), text.length);
    return found && { line: found.originalLine + 1, column: found.originalColumn + 1 };
  }

  /** Where the code of a line of the source begins, or that of the next line that has any. */
  spotOf(line: number): { readonly code: Spot; readonly line: number } | undefined {
    let best: Mapping | undefined;
    let isFirst = false;
    this.#eachMapping((mapping, first) => {
      const at = mapping.originalLine + 1;
      if (at < line || (best && at > best.originalLine) || best?.originalLine === at - 1) return;
      best = mapping;
      isFirst = first;
    });
    if (!best) return undefined;
    const { generatedLine, generatedColumn, originalLine } = best;
    // What the kernel wrote before it belongs to it, as the mark of its line (marks.ts).
    const start = HEAD.exec(this.#textOf(generatedLine + 1))?.[0].length ?? 0;
    const column = isFirst ? Math.min(start, generatedColumn) : generatedColumn;
    return { code: { line: generatedLine + 1, column: column + 1 }, line: originalLine + 1 };
  }

  /** Calls for each stretch of the code that comes from the source, and tells whether it is the first of its line. */
  #eachMapping(visit: (mapping: Mapping, isFirst: boolean) => void): void {
    this.#texts().forEach((text, line) => {
      let isFirst = true;
      for (let column = 0; column <= text.length; column++) {
        const found = this.#entryAt(line, column, text.length);
        if (!found) return;
        visit(found, isFirst);
        isFirst = false;
        column = Math.max(column, found.generatedColumn);
      }
    });
  }

  /** The mapping of a position; of what the kernel wrote at the beginning of a line, the first one behind it there. */
  #entryAt(line: number, column: number, width: number): Mapping | undefined {
    // Node's type asks for a mutable map, which it does not change.
    this.#map ??= new SourceMap(this.#payload as unknown as SourceMapPayload);
    for (let at = column; at <= width; at++) {
      const entry = this.#map.findEntry(line, at);
      if ("originalLine" in entry && entry.generatedLine === line) return entry;
    }
    return undefined;
  }

  #texts(): readonly string[] {
    this.#lines ??= this.#code.split("\n");
    return this.#lines;
  }

  #textOf(line: number): string {
    return this.#texts()[line - 1] ?? "";
  }
}

const INLINE_MAP = /^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/m;

/** Code with its map at its end, as the compiler writes it; undefined where it has none. */
export function inlineMapped(code: string): MappedCode | undefined {
  const [, encoded] = INLINE_MAP.exec(code) ?? [];
  if (encoded === undefined) return undefined;
  return new MappedCode(code, JSON.parse(Buffer.from(encoded, "base64").toString()) as RawSourceMap);
}

/** How many characters of the kernel's own stand at an offset of a cell's code before the name they are there for. */
function beforeName(code: string, at: number): number {
  if (code.startsWith(READ, at - SCOPE.length - 1)) return READ.length - SCOPE.length - 1;
  return code.startsWith(PREFIX, at) ? PREFIX.length : 0;
}
