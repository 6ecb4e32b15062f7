/** The inspector's page for one entry of a tensor: how it was computed, and how it reaches the result. */
import { entryName } from "gradbook/graph";
import { checkRow, missingGradient, placeRow, shapeText, toneOf } from "./common-rows.ts";
import { entrySum } from "./contraction.ts";
import { isEditable } from "./edits.ts";
import { entryAt, gradientEntryTex } from "./entries.ts";
import { entryPathsSections, pathsFrom } from "./entry-paths-sections.ts";
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
      ...(paths === null ? [] : entryPathsSections(inspected, paths, node, entry)),
    ],
    canPrune: paths !== null && paths.count > 1,
  };
}

function valueContent({ graph, digits, trans }: Inspected, node: number, entry: number): Content {
  const value = entryAt(graph.nodes[node].value, entry);
  if (value === null) return text(trans.__("not in the notebook"), "quiet");
  const sum = entrySum(graph, node, entry);
  const formula = sum === null ? "" : ` = ${sum.formula}`;
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
  if (sum === null || value === null) return [];
  const name = entryName(graph.nodes[node], entry);
  const lines = `\\begin{aligned} ${name} &= ${sum.terms} \\\\ &= ${digitsTex(value, digits)} \\end{aligned}`;
  return [{ title: trans.__("Depends on"), contents: [tex(lines)] }];
}
