/** The inspector's page for an edge: the local Jacobian, and the share of the gradient that comes along it. */
import {
  DETACH,
  entryName,
  fromJsonNumber,
  type GraphNode,
  numberTex,
  sizeOf,
  written,
} from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { ruleContent, transposes, valuesContent } from "./common-rows.ts";
import { adjointSum } from "./contraction.ts";
import { gradientTex } from "./entries.ts";
import { edgeRule, nodeFormula } from "./formulas.ts";
import { type Content, type Inspected, type Inspection, type Section, tex, text } from "./inspection.ts";

/** The page of the edge to operand number `input` of node number `node`. */
export function inspectEdge(inspected: Inspected, node: number, input: number): Inspection {
  const { graph, view, trans } = inspected;
  const y = graph.nodes[node];
  const edge = y.op?.inputs[input];
  if (edge === undefined || !("from" in edge)) {
    return { title: { tex: y.tex, text: trans.__("no edge") }, rows: [], sections: [] };
  }
  const x = graph.nodes[edge.from];
  const step = graph.steps.findIndex((one) => one.node === node && one.input === input) + 1;
  const rule = edgeRule(graph, node, input);
  const isMade = step > 0 && step <= view.step;
  return {
    title: { tex: `${x.tex} \\to ${y.tex}`, text: trans.__("edge of %1", y.op?.name ?? "") },
    rows: [
      { label: trans.__("formula"), content: tex(nodeFormula(graph, node) ?? y.tex) },
      {
        label: trans.__("rule"),
        content: rule === null ? text(noRule(y, trans), "quiet") : tex(rule, "gradient"),
      },
      ...(edge.local === undefined ? [] : [{ label: trans.__("local"), content: tex(edge.local) }]),
      ...(step === 0
        ? []
        : [{ label: trans.__("step"), content: text(trans.__("%1 of %2", step, graph.steps.length)) }]),
      ...(isMade && edge.share !== undefined
        ? [
            {
              label: trans.__("share"),
              content: valuesContent(gradientTex(x), edge.share, x.shape, "gradient", inspected),
            },
          ]
        : []),
    ],
    sections: [...jacobian(inspected, node, input), ...derived(inspected, node, input)],
  };
}

function noRule({ op }: GraphNode, trans: Translation): string {
  return op?.name === DETACH
    ? trans.__("no gradient passes here: detach stops it")
    : trans.__("no derivative passes here");
}

function jacobian({ graph, trans }: Inspected, node: number, input: number): Section[] {
  const y = graph.nodes[node];
  const edge = y.op?.inputs[input];
  if (edge === undefined || !("from" in edge) || edge.jacobian === undefined) return [];
  const x = graph.nodes[edge.from];
  const columns = sizeOf(x.shape);
  const all = edge.jacobian.map((value) => numberTex(written(fromJsonNumber(value))));
  const table: Content = {
    kind: "table",
    caption: `\\frac{\\partial ${y.tex}}{\\partial ${x.tex}}`,
    columns: Array.from({ length: columns }, (_, k) => entryName(x, k)),
    rows: Array.from({ length: sizeOf(y.shape) }, (_, i) => ({
      label: entryName(y, i),
      cells: all.slice(i * columns, (i + 1) * columns),
    })),
  };
  return [{ title: trans.__("Local Jacobian"), contents: [table] }];
}

function derived(inspected: Inspected, node: number, input: number): Section[] {
  const { graph, trans } = inspected;
  const rule = adjointSum(graph, node, input) === null ? null : ruleContent(inspected, node, input);
  if (rule === null) return [];
  const title = transposes(graph, node, input) ? trans.__("Why the transpose?") : trans.__("Why this rule?");
  return [{ title, contents: [rule] }];
}
