/** Completion: what can be typed at the cursor. */

import { toCodePoints, toUnits } from "./code-points.ts";
import type { CellConverter } from "./converter.ts";
import type { Completions } from "./protocol.ts";
import type { Declarations } from "./settled-declarations.ts";

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

/** What a tensor has, most used first; everything else follows by the alphabet. */
const MOST_USED: readonly string[] =
  "shape T matmul sum mean mul add sub div grad backward at exp log sigmoid tanh relu item toArray reshape".split(
    " ",
  );

/** The names of a tensor in this order; all others as they are. */
function ranked<Name extends { readonly name: string }>(names: readonly Name[]): readonly Name[] {
  const isTensor = ["matmul", "backward"].every((own) => names.some(({ name }) => name === own));
  if (!isTensor) return names;
  const rank = ({ name }: Name): number => MOST_USED.indexOf(name) + 1 || Number.POSITIVE_INFINITY;
  return [...names].sort((a, b) => rank(a) - rank(b) || 0);
}

export function completionsAt(
  converter: CellConverter,
  declarations: Declarations,
  source: string,
  cursor: number,
): Completions {
  const { start, end, names } = converter.complete(declarations, source, toUnits(source, cursor));
  return {
    start: toCodePoints(source, start),
    end: toCodePoints(source, end),
    matches: ranked(names).map(({ name, kind }) => ({ text: name, type: TYPES[kind] ?? "variable" })),
  };
}
