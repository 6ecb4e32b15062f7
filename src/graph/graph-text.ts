/** A graph as text: everything that the picture says, for terminals, screen readers and untrusted notebooks. */

import { text } from "../print/text.ts";
import { fromJsonNumber, plainNumber } from "../tensor/numbers.ts";
import { Tensor } from "../tensor/tensor.ts";
import { plainTex } from "../tex/plain.ts";
import { DETACH, type GraphCheck, type GraphJson, type GraphNode, type GraphValues } from "./graph-json.ts";

/** The most tensors whose matrices are written out. */
const MOST_MATRICES = 24;

/** The most detached tensors that are listed. */
const MOST_WAYS = 8;

/** The most terms of a gradient that are written out. */
const MOST_TERMS = 12;

/** A row per tensor in the order of the computation, then the numbers, and what was checked. */
export function graphText(graph: GraphJson): string {
  const { nodes, title, omitted } = graph;
  const rules = rulesOf(graph);
  const rows = nodes.map((node, k) => [
    node.label,
    node.op === null ? "" : plainTex(node.op.tex),
    (node.lengths?.map(plainTex) ?? node.shape).join(" × "),
    rules[k].length === 0 ? "" : `d${node.label} = ${sumOf(rules[k])}`,
    node.place === undefined ? "" : `cell [${node.place.cell}], line ${node.place.line}`,
  ]);
  return [
    `Graph of ${title}`,
    ...(omitted > 0 ? [leftOut(graph)] : []),
    "",
    ...table(["tensor", "computed as", "shape", "gradient", "where"], rows),
    ...(nodes.length <= MOST_MATRICES ? nodes.flatMap(numbersOf) : []),
    ...notes(graph),
  ].join("\n");
}

/** The terms; if there are many, the first and the last, and how many are between them. */
function sumOf(terms: readonly string[]): string {
  if (terms.length <= MOST_TERMS) return terms.join(" + ");
  return [...terms.slice(0, 3), `⋯ ${terms.length - 4} more ⋯`, terms[terms.length - 1]].join(" + ");
}

function leftOut({ nodes, omitted }: GraphJson): string {
  const edges = nodes.reduce((total, { op }) => total + (op?.omitted ?? 0), 0);
  const tensors = omitted === 1 ? "1 tensor" : `${omitted} tensors`;
  const arrows = edges === 0 ? "" : `, and ${edges === 1 ? "1 arrow" : `${edges} arrows`} from there`;
  return `${tensors} farther from the result left out${arrows}`;
}

/** For each tensor the shares that the steps of the backward pass give it. */
function rulesOf({ nodes, steps }: GraphJson): string[][] {
  const rules = nodes.map((): string[] => []);
  for (const { node, input } of steps) {
    const edge = nodes[node].op?.inputs[input];
    if (edge !== undefined && "from" in edge && edge.rule) rules[edge.from].push(plainTex(edge.rule));
  }
  return rules;
}

/** Aligned columns; empty ones are left out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const columns = head.flatMap((_, column) => (rows.some((row) => row[column] !== "") ? [column] : []));
  const all = [head, ...rows];
  const widths = columns.map((column) => Math.max(...all.map((row) => [...row[column]].length)));
  return all.map((row) =>
    columns
      .map((column, k) => row[column] + " ".repeat(widths[k] - [...row[column]].length))
      .join("   ")
      .trimEnd(),
  );
}

/** `X = (…)` and, beside it, `dX = (…)`. */
function numbersOf({ label, shape, value, gradient }: GraphNode): string[] {
  const forms = [formOf(label, shape, value), formOf(`d${label}`, shape, gradient)].filter(
    (form) => form.length > 0,
  );
  const height = Math.max(0, ...forms.map((form) => form.length));
  const lines = Array.from({ length: height }, (_, row) =>
    forms
      .map((form) => (form[row] ?? "").padEnd(Math.max(...form.map((line) => line.length))))
      .join("    ")
      .trimEnd(),
  );
  return height === 0 ? [] : ["", ...lines];
}

function formOf(name: string, shape: readonly number[], values: GraphValues | null): string[] {
  if (values === null) return [];
  if ("corner" in values) {
    const [least, most, mean] = [values.least, values.most, values.mean].map((x) =>
      plainNumber(fromJsonNumber(x)),
    );
    return [`${name}: from ${least} to ${most}, ${mean} on average`];
  }
  const numbers = new Tensor([...shape], Float64Array.from(values.data, fromJsonNumber));
  return text(numbers.as(name)).split("\n");
}

function notes({ failure, nodes }: GraphJson): string[] {
  const checked = nodes.flatMap(({ check }) => (check === undefined ? [] : [check]));
  const wrong = nodes.filter(({ check }) => check?.ok === false).map(({ label }) => label);
  const changed = nodes.filter((node) => node.changed).map(({ label }) => label);
  const unsaid = new Map<string, string[]>();
  for (const { label, check } of nodes) {
    if (check?.ok !== null || check.why === undefined) continue;
    unsaid.set(check.why, [...(unsaid.get(check.why) ?? []), `d${label}`]);
  }
  const right = checked.filter(({ ok }) => ok === true);
  const which = right.length === checked.length ? "every gradient" : "every other gradient";
  return [
    ...(failure === null ? [] : [`✗ ${failure}`]),
    ...stopped(nodes),
    ...unchecked(nodes),
    ...(changed.length > 0
      ? [
          `– ${changed.join(", ")} changed since this was computed: the numbers of then are not known any more`,
        ]
      : []),
    ...(wrong.length > 0 ? [`✗ differences disagree with the gradient of ${wrong.join(", ")}`] : []),
    ...Array.from(unsaid, ([why, labels]) => `– Cannot check ${labels.join(", ")} here: ${why}`),
    ...(right.length > 0 && wrong.length === 0
      ? [`✓ differences agree with ${which}, ${agreement(right)}`]
      : []),
  ].flatMap((note) => ["", note]);
}

/** Says that nothing was checked, and why. */
function unchecked(nodes: readonly GraphNode[]): string[] {
  const { label, value, gradient } = nodes[nodes.length - 1];
  if (gradient === null || nodes.some(({ check }) => check !== undefined)) return [];
  const numbers = value !== null && "data" in value ? value.data.map(fromJsonNumber) : [];
  return numbers.every(Number.isFinite)
    ? [`– The gradients are not compared with differences here: graph(${label}, { check: true }) does that`]
    : [`– No gradient can be compared with differences here: ${label} is not finite`];
}

/** Where a detached tensor keeps the gradient from its source. */
function stopped(nodes: readonly GraphNode[]): string[] {
  const ways = nodes.flatMap(({ op, label }) =>
    op?.name !== DETACH
      ? []
      : op.inputs.flatMap((input) =>
          "from" in input ? [`from ${label} to ${nodes[input.from].label}`] : [],
        ),
  );
  if (ways.length === 0) return [];
  const more = ways.length > MOST_WAYS ? `, and ${ways.length - MOST_WAYS} more` : "";
  return [`– detach lets no gradient pass ${ways.slice(0, MOST_WAYS).join(", ")}${more}`];
}

function agreement(right: readonly GraphCheck[]): string {
  const worst = Math.max(...right.map(({ error }) => error));
  return `to ${worst === 0 ? "the last digit" : worst.toExponential(0)}`;
}
