/** A graph as a table: all that its picture shows, in the order of the computation. */
import {
  fromJsonNumber,
  type GraphCheck,
  type GraphJson,
  type GraphValues,
  type GraphView,
  plainNumber,
} from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { wordButton } from "./buttons.ts";
import { shapeText } from "./common-rows.ts";
import { element } from "./element.ts";
import { numbersOf } from "./entries.ts";
import { formulaText, isReached, nodeFormula, valueTex } from "./formulas.ts";
import { mathElement } from "./math-element.ts";
import { literalOf, roughly } from "./number-text.ts";

/** Nobody reads more numbers than this in a cell of a table. */
const MOST_NUMBERS = 36;

/** The most rows; nobody reads more, and making them keeps the page busy. */
const MOST_ROWS = 400;

/** So many rows are typeset; in more, formulas are text, as typesetting would keep the page busy. */
const MOST_TYPESET = 30;

/** The table; `select` is called with the node of a row that is chosen. */
export function tableElement(
  graph: GraphJson,
  view: GraphView,
  select: (node: number) => void,
  trans: Translation,
): HTMLElement {
  const hasCheck = graph.nodes.some(({ check }) => check !== undefined);
  const names = [
    trans.__("tensor"),
    trans.__("formula"),
    trans.__("shape"),
    trans.__("value"),
    trans.__("gradient"),
  ];
  const head = [...names, ...(hasCheck ? [trans.__("check")] : [])];
  const isTypeset = graph.nodes.length <= MOST_TYPESET;
  const valuesCell = (values: GraphValues | null, shape: readonly number[]): Node | string => {
    const isWhole = values !== null && "data" in values && values.data.length <= MOST_NUMBERS;
    const [tex] = isTypeset && isWhole ? valueTex(numbersOf(values), shape) : [];
    return tex === undefined ? valuesText(values, shape, trans) : mathElement(tex);
  };
  const rows = graph.nodes.slice(0, MOST_ROWS).map((found, node) => {
    const { label, tex, shape, value, gradient, check } = found;
    const formula = nodeFormula(graph, node);
    const name = wordButton(label, () => select(node));
    if (isTypeset) {
      name.replaceChildren(mathElement(tex));
      name.setAttribute("aria-label", label);
    }
    const isSelected = view.selection?.kind === "node" && view.selection.node === node;
    if (isSelected) name.setAttribute("aria-current", "true");
    const cells = [
      formula === null ? trans.__("leaf") : isTypeset ? mathElement(formula) : formulaText(formula),
      shapeText(found, trans),
      found.changed ? trans.__("changed since") : valuesCell(value, shape),
      isReached(graph, node, view.step) ? valuesCell(gradient, shape) : "·",
      ...(hasCheck ? [checkText(check)] : []),
    ];
    return element(
      "tr",
      isSelected ? { class: "gb-mod-selected" } : {},
      element("th", { scope: "row" }, name),
      ...cells.map((cell) => element("td", {}, cell)),
    );
  });
  return element(
    "table",
    { class: "gb-Table" },
    element(
      "caption",
      {},
      trans.__("The computation of %1, each tensor after those it was computed from", graph.title),
      ...(rows.length < graph.nodes.length
        ? [trans.__("; the first %1 of %2", rows.length, graph.nodes.length)]
        : []),
    ),
    element("thead", {}, element("tr", {}, ...head.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows),
  );
}

/** ✓ or ✗ with the error where it is a number; the reason where the check cannot tell. */
function checkText(check: GraphCheck | undefined): string {
  if (check === undefined) return "";
  if (check.ok === null) return `– ${check.why ?? ""}`;
  const sign = check.ok ? "✓" : "✗";
  return Number.isNaN(check.error) ? sign : `${sign} ${roughly(check.error)}`;
}

function valuesText(values: GraphValues | null, shape: readonly number[], trans: Translation): string {
  if (values === null) return "·";
  if (!("data" in values) || values.data.length > MOST_NUMBERS) {
    const numbers =
      "data" in values
        ? values.data.map(fromJsonNumber)
        : [fromJsonNumber(values.least), fromJsonNumber(values.most)];
    const [least, most] = [
      numbers.reduce((a, b) => Math.min(a, b)),
      numbers.reduce((a, b) => Math.max(a, b)),
    ];
    return trans.__("%1 to %2", plainNumber(least), plainNumber(most));
  }
  const written = values.data.map((value) =>
    Number(plainNumber(fromJsonNumber(value)).replace("∞", "Infinity")),
  );
  return literalOf(written, shape);
}
