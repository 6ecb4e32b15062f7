/** Source maps: reading the mappings of a version 3 map, and writing them again. */

import type { RawSourceMap } from "./protocol.ts";

/** One place of the generated text and the place in the source it came from; all count from 0. */
export interface Mapping {
  readonly line: number;
  readonly column: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/;

/** Takes the inline map off a compiler's output. */
export function splitInlineMap(output: string): { code: string; mappings: Mapping[] } {
  const match = INLINE_MAP.exec(output);
  if (!match) return { code: output, mappings: [] };
  const map = JSON.parse(Buffer.from(match[1], "base64").toString()) as { mappings: string };
  return { code: output.slice(0, match.index), mappings: readMappings(map.mappings) };
}

/** The mappings of a map with one source, in order. Segments without a source are left out. */
export function readMappings(text: string): Mapping[] {
  const mappings: Mapping[] = [];
  let sourceLine = 0;
  let sourceColumn = 0;
  for (const [line, segments] of text.split(";").entries()) {
    let column = 0;
    for (const segment of segments.split(",")) {
      const [columnStep, , lineStep, sourceColumnStep] = readNumbers(segment);
      if (columnStep === undefined) continue;
      column += columnStep;
      if (lineStep === undefined || sourceColumnStep === undefined) continue;
      sourceLine += lineStep;
      sourceColumn += sourceColumnStep;
      mappings.push({ line, column, sourceLine, sourceColumn });
    }
  }
  return mappings;
}

/** The map of one source; `mappings` are in the order of the generated text. */
export function writeSourceMap(name: string, source: string, mappings: readonly Mapping[]): RawSourceMap {
  const lines: string[][] = [[]];
  let last: Mapping = { line: 0, column: 0, sourceLine: 0, sourceColumn: 0 };
  for (const mapping of mappings) {
    while (lines.length <= mapping.line) lines.push([]);
    const column = mapping.column - (mapping.line === last.line ? last.column : 0);
    const steps = [column, 0, mapping.sourceLine - last.sourceLine, mapping.sourceColumn - last.sourceColumn];
    lines[mapping.line].push(steps.map(writeNumber).join(""));
    last = mapping;
  }
  return {
    version: 3,
    file: name,
    sources: [name],
    sourcesContent: [source],
    names: [],
    mappings: lines.map((segments) => segments.join(",")).join(";"),
  };
}

// Numbers are base64 digits of five bits, low bits first; the sixth bit says that more follow. The lowest
// bit of a number is its sign.
function readNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

function writeNumber(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}
