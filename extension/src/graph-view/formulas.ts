/** The formulas of nodes and edges; of a large graph, whose data leave them out, what is known of them. */
import {
  fromJsonNumber,
  type GraphInput,
  type GraphJson,
  type GraphOp,
  numberTex,
  plainTex,
  written,
} from "gradbook/graph";
import { gradientTex } from "./entries.ts";

/** How a node was computed: `Z = X \, W`; `null` for a leaf. */
export function nodeFormula(graph: GraphJson, node: number): string | null {
  const { op, tex } = graph.nodes[node];
  return op === null ? null : `${tex} = ${op.tex === "" ? callTex(graph, op) : op.tex}`;
}

/** The share of an operand's gradient: `dW = X^{\top} \, dZ`; `null` where no derivative passes. */
export function edgeRule(graph: GraphJson, node: number, input: number, sign = "="): string | null {
  const y = graph.nodes[node];
  const edge = y.op?.inputs[input];
  if (edge === undefined || !("from" in edge) || edge.rule === undefined) return null;
  const name = gradientTex(graph.nodes[edge.from]);
  return edge.rule === "" ? `${name} \\leftarrow ${gradientTex(y)}` : `${name} ${sign} ${edge.rule}`;
}

/** A formula as text. */
export function formulaText(tex: string): string {
  return plainTex(tex.replace("\\mathrel{+}=", "+=").replace("\\leftarrow", "←"));
}

/** An op by its name, with its operands. */
function callTex(graph: GraphJson, { name, inputs }: GraphOp): string {
  const operand = (input: GraphInput) =>
    "from" in input ? graph.nodes[input.from].tex : numberTex(written(fromJsonNumber(input.value)));
  return `\\operatorname{${name.replace(/[^A-Za-z0-9 ]/g, "")}}(${inputs.map(operand).join(", ")})`;
}
