/** A graph as it is saved: what follows from the rest is left out, as there may be thousands of nodes. */

import { toJsonNumber } from "../json-numbers.ts";
import { nameTex } from "../latex/name.ts";
import { plainTex } from "../latex/plain.ts";
import type { GraphInput, GraphJson, GraphNode, GraphOp } from "./graph-json.ts";

/** The JSON of a graph; `readGraph` reads it. */
export function packed({ nodes, steps: _, ...rest }: GraphJson): Record<string, unknown> {
  const cells = Object.fromEntries(nodes.flatMap(({ place }) => (place?.id ? [[place.cell, place.id]] : [])));
  return { ...rest, ...(Object.keys(cells).length > 0 && { cells }), nodes: nodes.map(packedNode) };
}

function packedNode(node: GraphNode): Record<string, unknown> {
  const { name, tex, label, dtype, op, value, gradient, place, check, ...rest } = node;
  const known = callingOf(name, node.shape.length);
  return {
    ...(name !== null && { name }),
    ...(tex !== known?.tex && { tex }),
    ...(label !== plainTex(tex) && { label }),
    ...rest,
    ...(dtype !== "float64" && { dtype }),
    ...(op !== null && { op: packedOp(op) }),
    ...(value !== null && { value }),
    ...(gradient !== null && { gradient }),
    ...(place !== undefined && { at: [place.cell, place.line] }),
    ...(check !== undefined && { check: { ...check, error: toJsonNumber(check.error) } }),
  };
}

function packedOp({ name, tex, label, inputs, ...rest }: GraphOp): Record<string, unknown> {
  return {
    name,
    ...(tex !== "" && { tex }),
    ...(label !== name && { label }),
    inputs: inputs.map(packedInput),
    ...rest,
  };
}

/** An operand of which nothing is said but that a derivative passes is its number. */
function packedInput(input: GraphInput): unknown {
  return "from" in input && input.rule === "" && Object.keys(input).length === 2 ? input.from : input;
}

/** What a tensor of this name is called; `null` for one without a name. */
export function callingOf(name: string | null, rank: number): { tex: string; label: string } | null {
  if (name === null) return null;
  const tex = nameTex(name, rank);
  return { tex, label: plainTex(tex) };
}
