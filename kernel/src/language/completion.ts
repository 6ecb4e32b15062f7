/** Completion: what can be typed at the cursor. */

import { toCodePoints, toUnits } from "./code-points.ts";
import type { CellConverter } from "./converter.ts";
import type { Completions } from "./protocol.ts";

/** TypeScript's kinds of names, in the words that Jupyter's completer knows. */
const TYPES: Readonly<Record<string, string>> = {
  const: "variable",
  let: "variable",
  var: "variable",
  "local var": "variable",
  parameter: "variable",
  function: "function",
  "local function": "function",
  method: "method",
  property: "property",
  getter: "property",
  setter: "property",
  class: "class",
  "local class": "class",
  interface: "interface",
  type: "interface",
  "type parameter": "interface",
  enum: "enum",
  "enum member": "property",
  module: "module",
  "external module name": "module",
  keyword: "keyword",
  "primitive type": "keyword",
};

export function completionsAt(
  converter: CellConverter,
  declarations: string,
  source: string,
  cursor: number,
): Completions {
  const { start, end, names } = converter.complete(declarations, source, toUnits(source, cursor));
  return {
    start: toCodePoints(source, start),
    end: toCodePoints(source, end),
    matches: names.map(({ name, kind }) => ({ text: name, type: TYPES[kind] ?? "variable" })),
  };
}
