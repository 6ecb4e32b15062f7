/** The inspector's page while nothing is selected: what the graph is, and what has changed in it. */
import { changesContents } from "./changes-contents.ts";
import { type Inspected, type Inspection, type Row, text } from "./inspection.ts";

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
