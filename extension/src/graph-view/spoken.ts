/** What is spoken to those who listen: each new step and each new selection. */
import { DETACH, entryName, type GraphJson, type GraphView, plainNumber, plainTex } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import { entryAt } from "./entries.ts";
import { edgeRule, formulaText } from "./formulas.ts";
import type { GraphModel } from "./graph-model.ts";

/** The voice of a view. */
export class Spoken {
  readonly node: HTMLElement = element("div", { class: "gb-Spoken", "aria-live": "polite" });
  readonly #model: GraphModel;
  readonly #trans: Translation;
  #last: GraphView;

  constructor(model: GraphModel, trans: Translation) {
    this.#model = model;
    this.#trans = trans;
    this.#last = model.view;
  }

  /** Says what is new, and returns whether anything is. */
  update(stepText: string): boolean {
    const { view, graph } = this.#model;
    const isStep = view.step !== this.#last.step;
    const isSelection = view.selection !== this.#last.selection;
    this.#last = view;
    if (isStep) this.node.textContent = stepText;
    else if (isSelection) this.node.textContent = describeSelection(graph, view, this.#trans);
    return isStep || isSelection;
  }
}

/** The selection in words, with its number where it is one. */
export function describeSelection(
  graph: GraphJson,
  { selection, open }: GraphView,
  trans: Translation,
): string {
  switch (selection?.kind) {
    case "entry": {
      const node = graph.nodes[selection.node];
      const value = entryAt(node.value, selection.entry);
      const name = plainTex(entryName(node, selection.entry));
      return value === null ? name : `${name} = ${plainNumber(value)}`;
    }
    case "edge": {
      const { op, label } = graph.nodes[selection.node];
      const edge = op?.inputs[selection.input];
      if (edge === undefined || !("from" in edge)) return label;
      const x = graph.nodes[edge.from];
      const rule = edgeRule(graph, selection.node, selection.input);
      const way = trans.__("edge from %1 to %2", x.label, label);
      if (op?.name === DETACH) return trans.__("%1: no gradient passes, detach stops it", way);
      return rule === null ? way : `${way}: ${formulaText(rule)}`;
    }
    case "group": {
      const { label, repeats } = graph.groups[selection.group];
      const name = repeats === undefined ? label : trans.__("%1, %2 times", label, repeats);
      return open.has(selection.group)
        ? trans.__("group %1, open", name)
        : trans.__("group %1, closed", name);
    }
    case "node": {
      const { label, shape, op } = graph.nodes[selection.node];
      return [
        label,
        op?.name ?? trans.__("leaf"),
        shape.length === 0 ? trans.__("scalar") : shape.join(trans.__(" by ")),
      ].join(", ");
    }
    default:
      return trans.__("nothing selected");
  }
}
