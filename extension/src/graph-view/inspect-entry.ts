/** The inspector's page for one entry of a tensor: how it was computed, and how it reaches the result. */
import { entryName, fromJsonNumber, type GraphJson, indicesAt, operandsOf, sizeOf } from "gradbook/graph";
import { checkRow, missingGradient, placeRow, shapeText, toneOf } from "./common-rows.ts";
import { entrySum } from "./contraction.ts";
import { isEditable } from "./edits.ts";
import { entryAt, gradientEntryTex } from "./entries.ts";
import { entryPathsSections, pathsFrom } from "./entry-paths-sections.ts";
import { edgeRule } from "./formulas.ts";
import {
  type Content,
  type Inspected,
  type Inspection,
  type Row,
  type Section,
  tex,
  text,
} from "./inspection.ts";
import { digitsTex } from "./number-text.ts";

/** The page of the entry at position `entry` of node number `node`. */
export function inspectEntry(inspected: Inspected, node: number, entry: number): Inspection {
  const { graph, trans } = inspected;
  const found = graph.nodes[node];
  const paths = pathsFrom(graph, node, entry);
  return {
    title: {
      tex: entryName(found, entry),
      text: trans.__("entry of %1, %2", found.label, shapeText(found, trans)),
    },
    rows: [
      { label: trans.__("value"), content: valueContent(inspected, node, entry) },
      { label: trans.__("gradient"), content: gradientContent(inspected, node, entry) },
      ...differenceRow(inspected, node, entry),
      ...checkRow(found, trans),
      ...editRow(inspected, node, entry),
      ...placeRow(found, trans),
    ],
    sections: [
      ...dependsOn(inspected, node, entry),
      ...gradientFrom(inspected, node),
      ...(paths === null ? [] : entryPathsSections(inspected, paths, node, entry)),
    ],
    canPrune: paths !== null && paths.count > 1,
  };
}

function valueContent({ graph, digits, trans }: Inspected, node: number, entry: number): Content {
  const value = entryAt(graph.nodes[node].value, entry);
  if (value === null) return text(trans.__("not in the notebook"), "quiet");
  const sum = entrySum(graph, node, entry);
  const formula = sum === null ? wholeFormula(graph, node, entry) : ` = ${sum.formula}`;
  return tex(`${entryName(graph.nodes[node], entry)}${formula} = ${digitsTex(value, digits)}`);
}

function gradientContent(inspected: Inspected, node: number, entry: number): Content {
  const found = inspected.graph.nodes[node];
  const missing = missingGradient(inspected, node);
  if (missing !== null) return missing;
  const gradient = entryAt(found.gradient, entry);
  if (gradient === null) return text(inspected.trans.__("not in the notebook"), "quiet");
  return tex(`${gradientEntryTex(found, entry)} = ${digitsTex(gradient, inspected.digits)}`, "gradient");
}

function differenceRow({ graph, view, digits, trans }: Inspected, node: number, entry: number): Row[] {
  const { check } = graph.nodes[node];
  const difference = entryAt(check?.differences ?? null, entry);
  if (!view.differences || check === undefined || difference === null) return [];
  return [
    {
      label: trans.__("difference"),
      content: tex(digitsTex(difference, digits), toneOf(check)),
    },
  ];
}

function editRow({ graph, trans }: Inspected, node: number, entry: number): Row[] {
  if (!isEditable(graph, node)) return [];
  const content: Content = {
    kind: "action",
    label: trans.__("Change"),
    action: { kind: "edit", node, entry },
  };
  return [{ label: trans.__("number"), content }];
}

function dependsOn({ graph, digits, trans }: Inspected, node: number, entry: number): Section[] {
  const sum = entrySum(graph, node, entry);
  const value = entryAt(graph.nodes[node].value, entry);
  if (value === null) return [];
  if (sum === null) return operands({ graph, digits, trans }, node, entry);
  const name = entryName(graph.nodes[node], entry);
  const lines = `\\begin{aligned} ${name} &= ${sum.terms} \\\\ &= ${digitsTex(value, digits)} \\end{aligned}`;
  return [{ title: trans.__("Depends on"), contents: [tex(lines)] }];
}

/** The entry of the op's whole formula, where it is no sum of products: `(σ(Z))_{12}`. */
function wholeFormula({ nodes }: GraphJson, node: number, entry: number): string {
  const { op, shape } = nodes[node];
  if (op === null || op.tex === "") return "";
  if (shape.length === 0) return ` = ${op.tex}`;
  const indices = indicesAt(entry, shape).map((index) => String(index + 1));
  const isLong = indices.some((index) => index.length > 1);
  return ` = \\left(${op.tex}\\right)_{${indices.join(isLong ? "," : "")}}`;
}

/** The most entries that are listed. */
const MOST_OPERANDS = 8;

/** The entries that an entry is computed from, each with its number and the derivative by it. */
function operands(
  { graph, digits, trans }: Pick<Inspected, "graph" | "digits" | "trans">,
  node: number,
  entry: number,
): Section[] {
  const { op } = graph.nodes[node];
  const name = entryName(graph.nodes[node], entry);
  const lines = (op?.inputs ?? []).flatMap((input, i): string[] => {
    if (!("from" in input)) return [];
    const x = graph.nodes[input.from];
    return operandsOf(graph, node, i, entry).flatMap((position): string[] => {
      const value = entryAt(x.value, position);
      if (value === null) return [];
      const own = entryName(x, position);
      const slope = input.jacobian?.[entry * sizeOf(x.shape) + position];
      const derivative =
        slope === undefined
          ? ""
          : ` & \\frac{\\partial ${name}}{\\partial ${own}} &= ${digitsTex(fromJsonNumber(slope), digits)}`;
      return [`${own} &= ${digitsTex(value, digits)}${derivative}`];
    });
  });
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_OPERANDS;
  const shown = lines.slice(0, MOST_OPERANDS).join(" \\\\ ");
  return [
    {
      title: trans.__("Depends on"),
      contents: [
        tex(`\\begin{aligned} ${shown} \\end{aligned}`),
        ...(rest > 0 ? [text(trans.__("and %1 more", rest), "quiet")] : []),
      ],
    },
  ];
}

/** The formulas by which the gradient of the whole tensor comes about. */
function gradientFrom({ graph, trans }: Inspected, node: number): Section[] {
  const rules = graph.steps.flatMap((step): Content[] => {
    const input = graph.nodes[step.node].op?.inputs[step.input];
    if (input === undefined || !("from" in input) || input.from !== node) return [];
    const rule = edgeRule(graph, step.node, step.input);
    return rule === null ? [] : [tex(rule, "gradient")];
  });
  if (rules.length === 0) return [];
  const title = rules.length === 1 ? trans.__("Its gradient") : trans.__("Its gradient, the sum of");
  return [{ title, contents: rules.slice(0, MOST_OPERANDS) }];
}
