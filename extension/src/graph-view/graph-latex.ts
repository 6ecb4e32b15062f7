/** A graph as LaTeX, to be put into a report. */
import { type GraphJson, matrixTex, numberTex, written } from "gradbook/graph";
import { gradientTex, numbersOf } from "./entries.ts";
import { stepFormula } from "./step-formula.ts";

/** The computation, its numbers, and the backward pass as far as `step`, aligned at their signs. */
export function graphLatex(graph: GraphJson, step: number): string {
  const forward = graph.nodes.map(({ tex, op, value, shape }) =>
    [tex, ...(op === null ? [] : [op.tex]), ...valueTex(numbersOf(value), shape)].join(" = "),
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

function valueTex(data: readonly number[] | null, shape: readonly number[]): string[] {
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
