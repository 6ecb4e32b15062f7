/** The inspector's pages for a whole graph, with what has changed in it, and for a group. */
import { changesBetween, isComparable } from "./changes.ts";
import { type Content, type Inspected, type Inspection, type Row, text } from "./inspection.ts";
import { groupsAround } from "./items.ts";
import { roughly } from "./number-text.ts";

/** The page. */
export function inspectGraph(inspected: Inspected): Inspection {
  const { graph, trans } = inspected;
  const leaves = graph.nodes.filter(({ op }) => op === null).length;
  const changes = changesContents(inspected);
  const hints = [
    trans.__("Select a tensor, an edge or an entry to ask about it."),
    ...(leaves > 0 && graph.failure === null
      ? [
          trans.__(
            "Change any number of a leaf: everything to its right recomputes, and the gradients with it.",
          ),
        ]
      : []),
  ];
  return {
    title: {
      tex: graph.nodes.at(-1)?.tex ?? null,
      text: trans.__("%1 tensors, leaves: %2", graph.nodes.length, leaves),
    },
    rows: [
      ...(graph.failure === null ? [] : [{ label: trans.__("failed"), content: text(graph.failure, "bad") }]),
      ...(graph.omitted === 0
        ? []
        : [
            {
              label: trans.__("left out"),
              content: text(trans.__("%1 nodes far from the result", graph.omitted), "quiet"),
            },
          ]),
      {
        label: trans.__("backward"),
        content: text(
          graph.steps.length === 0
            ? trans.__("there was no backward pass")
            : trans.__("%1 steps", graph.steps.length),
          graph.steps.length === 0 ? "quiet" : "plain",
        ),
      },
      ...unchecked(inspected),
    ],
    sections: [
      ...(changes.length === 0 ? [] : [{ title: trans.__("Changed"), contents: changes }]),
      { title: trans.__("What next"), contents: hints.map((hint) => text(hint, "quiet")) },
    ],
  };
}

/** Says that no gradient was compared with differences. */
function unchecked({ graph, trans }: Inspected): Row[] {
  const { nodes } = graph;
  if (nodes.at(-1)?.gradient == null || nodes.some(({ check }) => check !== undefined)) return [];
  return [
    {
      label: trans.__("check"),
      content: text(trans.__("the gradients were not compared with differences"), "quiet"),
    },
  ];
}

/** The most nodes that are listed. */
const MOST_LISTED = 12;

/** One line for each node that changed, those that changed most first; empty where nothing is compared. */
function changesContents({ graph, reference, trans }: Inspected): Content[] {
  if (reference === null) return [];
  if (!isComparable(reference, graph))
    return [text(trans.__("Another computation: its nodes are not the same."), "quiet")];
  const changes = changesBetween(reference, graph);
  if (changes.length === 0) return [text(trans.__("Nothing: all numbers are the same."), "quiet")];
  const lines = changes.slice(0, MOST_LISTED).map(({ node, value, gradient }) => {
    const { label } = graph.nodes[node];
    const parts = [
      ...(value === null ? [] : [trans.__("%1 by up to %2", label, roughly(value))]),
      ...(gradient === null ? [] : [trans.__("d%1 by up to %2", label, roughly(gradient))]),
    ];
    return text(parts.join(", "));
  });
  const rest = changes.length - lines.length;
  return rest === 0 ? lines : [...lines, text(trans.__("and %1 more", rest), "quiet")];
}

/** The page of group number `group`. */
export function inspectGroup({ graph, view, trans }: Inspected, group: number): Inspection {
  const { label, repeats } = graph.groups[group];
  const members = graph.nodes.filter(({ group: own }) => groupsAround(graph, own).includes(group));
  const ops = [...new Set(members.flatMap(({ op }) => (op === null ? [] : [op.name])))];
  return {
    title: { tex: null, text: repeats === undefined ? label : `${label} ×${repeats}` },
    rows: [
      { label: trans.__("holds"), content: text(trans.__("%1 tensors", members.length)) },
      ...(ops.length === 0 ? [] : [{ label: trans.__("ops"), content: text(ops.join(", ")) }]),
      {
        label: trans.__("group"),
        content: {
          kind: "action",
          label: view.open.has(group) ? trans.__("Close") : trans.__("Open"),
          action: { kind: "toggle-group", group },
        },
      },
    ],
    sections: [],
  };
}
