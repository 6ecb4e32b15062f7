/** The inspector's page for a group: what it stands for. */
import { type Inspected, type Inspection, text } from "./inspection.ts";
import { groupsAround } from "./visible-count.ts";

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
