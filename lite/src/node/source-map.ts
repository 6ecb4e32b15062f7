/** The `SourceMap` of `node:module`. */
import { decodedMappings, type SourceMapInput, TraceMap } from "@jridgewell/trace-mapping";

interface Entry {
  readonly generatedLine: number;
  readonly generatedColumn: number;
  readonly originalSource: string;
  readonly originalLine: number;
  readonly originalColumn: number;
}

export class SourceMap {
  readonly #entries: Entry[] = [];

  constructor(payload: SourceMapInput) {
    const map = new TraceMap(payload);
    for (const [generatedLine, segments] of decodedMappings(map).entries()) {
      for (const segment of segments) {
        if (segment.length === 1) continue;
        const [generatedColumn, source, originalLine, originalColumn] = segment;
        const originalSource = map.sources[source] ?? "";
        this.#entries.push({ generatedLine, generatedColumn, originalSource, originalLine, originalColumn });
      }
    }
  }

  /** The last entry at or before a place, counted from 0; as in Node, perhaps one of an earlier line. */
  findEntry(line: number, column: number): Entry | Record<string, never> {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { generatedLine, generatedColumn } = this.#entries[middle];
      const isAfter = generatedLine > line || (generatedLine === line && generatedColumn > column);
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return this.#entries[low - 1] ?? {};
  }
}
