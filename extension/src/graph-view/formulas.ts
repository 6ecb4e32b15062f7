/** The formulas of a graph: of nodes and edges, of the steps of its backward pass, and of all of it for a report. */
import {
  fromJsonNumber,
  type GraphInput,
  type GraphJson,
  type GraphOp,
  matrixTex,
  numberTex,
  plainTex,
  written,
} from "gradbook/graph";
import { gradientTex, numbersOf } from "./entries.ts";

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

/** A formula for the eye and for the ear. */
export interface StepFormula {
  readonly tex: string;
  readonly text: string;
}

/**
 * The formula of step number `step`, counted from 1: `dW = X^{\top} dZ`; `dX += …` where another step brought a share
 * before. `null` for step 0 and beyond the end.
 */
export function stepFormula(graph: GraphJson, step: number): StepFormula | null {
  const found = graph.steps[step - 1];
  const input = found && graph.nodes[found.node].op?.inputs[found.input];
  if (input === undefined || !("from" in input)) return null;
  const isFirst = !graph.steps.slice(0, step - 1).some(({ node, input: other }) => {
    const before = graph.nodes[node].op?.inputs[other];
    return before !== undefined && "from" in before && before.from === input.from;
  });
  const tex = edgeRule(graph, found.node, found.input, isFirst ? "=" : "\\mathrel{+}=");
  return tex === null ? null : { tex, text: formulaText(tex) };
}

/** The step after which the gradient of each node is complete: 0 for the result, `null` where no step leads there. */
export function stepsOfArrival(graph: GraphJson): readonly (number | null)[] {
  const arrivals = graph.nodes.map((_, node): number | null =>
    node === graph.nodes.length - 1 && graph.steps.length > 0 ? 0 : null,
  );
  for (const [index, { node, input }] of graph.steps.entries()) {
    const operand = graph.nodes[node].op?.inputs[input];
    if (operand !== undefined && "from" in operand) arrivals[operand.from] = index + 1;
  }
  return arrivals;
}

/** Whether the gradient of `node` is there after `step` steps. */
export function isReached(graph: GraphJson, node: number, step: number): boolean {
  const arrival = stepsOfArrival(graph)[node];
  return graph.nodes[node].gradient !== null && arrival !== null && arrival <= step;
}

/** The computation, its numbers, and the backward pass as far as `step`, aligned at their signs. */
export function graphLatex(graph: GraphJson, step: number): string {
  const forward = graph.nodes.map(({ tex, value, shape }, node) =>
    [nodeFormula(graph, node) ?? tex, ...valueTex(numbersOf(value), shape)].join(" = "),
  );
  const backward = Array.from({ length: step }, (_, index) => {
    const { node, input } = graph.steps[index];
    const operand = graph.nodes[node].op?.inputs[input];
    const x = operand !== undefined && "from" in operand ? graph.nodes[operand.from] : null;
    const formula = stepFormula(graph, index + 1)?.tex ?? "";
    const isWhole = x !== null && !graph.steps.slice(index + 1).some((later) => leadsTo(graph, later, x));
    return [formula, ...(x !== null && isWhole ? valueTex(numbersOf(x.gradient), x.shape) : [])].join(" = ");
  });
  const seed = graph.steps.length === 0 ? [] : [`${gradientTex(graph.nodes[graph.nodes.length - 1])} = 1`];
  return aligned([...forward, ...(graph.nodes.at(-1)?.shape.length === 0 ? seed : []), ...backward]);
}

/** The numbers as a formula; nothing where there are none, or too many. */
export function valueTex(data: readonly number[] | null, shape: readonly number[]): string[] {
  if (data === null) return [];
  const matrix = shape.length === 0 ? numberTex(written(data[0])) : matrixTex({ shape, data });
  return matrix === null ? [] : [matrix];
}

function leadsTo(
  graph: GraphJson,
  { node, input }: GraphJson["steps"][number],
  x: GraphJson["nodes"][number],
): boolean {
  const operand = graph.nodes[node].op?.inputs[input];
  return operand !== undefined && "from" in operand && graph.nodes[operand.from] === x;
}

/** One line for each formula, the first sign of equality in each below the one before. */
function aligned(lines: readonly string[]): string {
  const body = lines.map((line) => `  ${line.replace(/ (=|\\mathrel\{\+\}=) /, " &$1 ")}`).join(" \\\\\n");
  return `\\begin{aligned}\n${body}\n\\end{aligned}`;
}
