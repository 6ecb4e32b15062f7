/** The source map of a cell, put together from those of the steps that made its code. */

import remapping, { type EncodedSourceMap } from "@jridgewell/remapping";
import MagicString from "magic-string";
import type { RawSourceMap } from "./protocol.ts";

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/;

/** Takes the inline map off a compiler's output. */
export function splitInlineMap(output: string): { code: string; map: EncodedSourceMap } {
  const [comment, map] = INLINE_MAP.exec(output) as RegExpExecArray; // the compiler is told to write it
  return { code: output.slice(0, -comment.length), map: JSON.parse(Buffer.from(map, "base64").toString()) };
}

/** The map that leads back through all steps, the last one first, to the text that the first one was given. */
export function composedMap(name: string, steps: readonly (MagicString | EncodedSourceMap)[]): RawSourceMap {
  const maps = steps.map((step) =>
    step instanceof MagicString
      ? // The two packages differ in words only: which fields may be there and undefined.
        (step.generateMap({
          file: name,
          source: name,
          includeContent: true,
          hires: "boundary",
        }) as EncodedSourceMap)
      : step,
  );
  return { ...remapping(maps, () => null) } as RawSourceMap;
}
