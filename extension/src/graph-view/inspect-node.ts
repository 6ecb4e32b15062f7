/** The inspector's page for a tensor: what it is, whether it is right, where it comes from, how its rule is made. */
import { canScatter, DETACH, type GraphNode } from "gradbook/graph";
import { changesBetween } from "./changes.ts";
import {
  checkRow,
  missingGradient,
  placeRow,
  ruleContent,
  shapeText,
  toneOf,
  transposes,
  valuesContent,
} from "./common-rows.ts";
import { isEditable } from "./edits.ts";
import { gradientTex } from "./entries.ts";
import { nodeFormula } from "./formulas.ts";
import {
  type Content,
  type Inspected,
  type Inspection,
  type Row,
  type Section,
  tex,
  text,
} from "./inspection.ts";
import { roughly } from "./number-text.ts";

/** The page of node number `node`. */
export function inspectNode(inspected: Inspected, node: number): Inspection {
  const { graph, trans } = inspected;
  const found = graph.nodes[node];
  const failed = graph.failure !== null && node === graph.nodes.length - 1;
  return {
    title: { tex: found.tex, text: `${shapeText(found, trans)} ${found.dtype}` },
    rows: [
      ...(failed ? [{ label: trans.__("failed"), content: text(graph.failure ?? "", "bad") }] : []),
      formulaRow(inspected, node),
      ...valueRow(found, inspected),
      {
        label: trans.__("gradient"),
        content: missingGradient(inspected, node) ?? gradientContent(found, inspected),
      },
      ...detachedRow(found, inspected),
      ...differencesRow(found, inspected),
      ...checkRow(found, trans),
      ...placeRow(found, trans),
    ],
    sections: [...changed(inspected, node), ...rules(inspected, node), ...whatNext(inspected, node)],
  };
}

function formulaRow({ graph, trans }: Inspected, node: number): Row {
  const formula = nodeFormula(graph, node);
  const label = trans.__("formula");
  if (formula === null) return { label, content: text(trans.__("a leaf: given, not computed"), "quiet") };
  return { label, content: tex(formula) };
}

function valueRow(found: GraphNode, inspected: Inspected): Row[] {
  const { trans } = inspected;
  const label = trans.__("value");
  if (found.changed) {
    const reason = trans.__("changed since: the numbers of then are not known any more");
    return [{ label, content: text(reason, "quiet") }];
  }
  if (found.value === null) return [{ label, content: text(trans.__("none: it has no numbers"), "quiet") }];
  return [{ label, content: valuesContent(found.tex, found.value, found.shape, "plain", inspected) }];
}

function gradientContent(found: GraphNode, inspected: Inspected): Content {
  const { gradient, shape } = found;
  if (gradient === null) return text(inspected.trans.__("no gradient comes here"), "quiet");
  return valuesContent(gradientTex(found), gradient, shape, "gradient", inspected);
}

function detachedRow({ op }: GraphNode, { graph, trans }: Inspected): Row[] {
  const [source] = op?.name === DETACH ? op.inputs : [];
  if (source === undefined || !("from" in source)) return [];
  const reason = trans.__("no gradient passes on to %1: detach stops it", graph.nodes[source.from].label);
  return [{ label: trans.__("detached"), content: text(reason, "quiet") }];
}

function differencesRow({ check, shape }: GraphNode, inspected: Inspected): Row[] {
  if (!inspected.view.differences || check?.differences === undefined) return [];
  const name = "\\Delta";
  return [
    {
      label: inspected.trans.__("differences"),
      content: valuesContent(name, check.differences, shape, toneOf(check), inspected),
    },
  ];
}

function changed({ graph, reference, trans }: Inspected, node: number): Section[] {
  const change =
    reference === null ? undefined : changesBetween(reference, graph).find((one) => one.node === node);
  if (change === undefined) return [];
  const contents = [
    ...(change.value === null ? [] : [text(trans.__("value by up to %1", roughly(change.value)))]),
    ...(change.gradient === null ? [] : [text(trans.__("gradient by up to %1", roughly(change.gradient)))]),
  ];
  return [{ title: trans.__("Changed"), contents }];
}

/** The rule of each operand, and how it follows from the definition where the op's axes have names. */
function rules(inspected: Inspected, node: number): Section[] {
  const { graph, trans } = inspected;
  const inputs = graph.nodes[node].op?.inputs ?? [];
  const contents = inputs.flatMap((_, i) => ruleContent(inspected, node, i) ?? []);
  if (contents.length === 0) return [];
  const hasTranspose = inputs.some((input, i) => transposes(graph, node, i) && "from" in input);
  return [{ title: hasTranspose ? trans.__("Why the transpose?") : trans.__("Rule"), contents }];
}

function whatNext({ graph, view, canAsk, trans }: Inspected, node: number): Section[] {
  const found = graph.nodes[node];
  const isSummary = found.value !== null && !("data" in found.value);
  const contents: Content[] = [];
  if (canScatter(graph, node)) {
    const label = view.scattered.has(node) ? trans.__("Show as matrix") : trans.__("Show entries");
    contents.push({ kind: "action", label, action: { kind: "scatter", node } });
  }
  if (isSummary && canAsk) {
    contents.push({ kind: "action", label: trans.__("Show all entries"), action: { kind: "values", node } });
  }
  if (canAsk && found.check === undefined && graph.steps.length > 0) {
    contents.push({ kind: "action", label: trans.__("Check the gradients"), action: { kind: "check" } });
  }
  if (isEditable(graph, node)) {
    contents.push(
      text(trans.__("Select an entry and press Enter to change it, or double-click it."), "quiet"),
    );
  } else if (found.op === null && isSummary) {
    contents.push(
      text(
        trans.__("Only some of its numbers are in the notebook, so they cannot be changed here."),
        "quiet",
      ),
    );
  }
  return contents.length === 0 ? [] : [{ title: trans.__("What next"), contents }];
}
