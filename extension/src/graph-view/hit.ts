/** What of a graph stands at an element of its picture. */
import type { Selection } from "gradbook/graph";

/** What is selected by a click on `target`; `null` beside everything. */
export function selectionAt(target: EventTarget | null): Selection | null {
  if (!(target instanceof Element)) return null;
  const found = target.closest<SVGElement>("[data-entry], [data-edge], [data-group], [data-op], [data-node]");
  if (found === null) return null;
  const { entry, edge, group, op, node } = found.dataset;
  if (entry !== undefined) {
    const [owner, position] = entry.split(":").map(Number);
    return { kind: "entry", node: owner, entry: position };
  }
  if (edge !== undefined) {
    const [owner, input] = edge.split(":").map(Number);
    return { kind: "edge", node: owner, input };
  }
  if (group !== undefined) return { kind: "group", group: Number(group) };
  return { kind: "node", node: Number(op ?? node) };
}

/** The element that stands for a selection: of an entry the one in the value. */
export function elementOf(picture: Element, selection: Selection | null): SVGElement | null {
  if (selection === null) return null;
  switch (selection.kind) {
    case "entry":
      return (
        picture.querySelector<SVGElement>(
          `[data-entry="${selection.node}:${selection.entry}"][data-part="value"]`,
        ) ??
        picture.querySelector<SVGElement>(`[data-entry="${selection.node}:${selection.entry}"]`) ??
        picture.querySelector<SVGElement>(`[data-node="${selection.node}"]`)
      );
    case "edge":
      return picture.querySelector<SVGElement>(`[data-edge="${selection.node}:${selection.input}"]`);
    case "group":
      return picture.querySelector<SVGElement>(`[data-group="${selection.group}"]`);
    case "node":
      return picture.querySelector<SVGElement>(`[data-node="${selection.node}"]`);
  }
}
