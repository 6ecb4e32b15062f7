/** What the view adds to a drawing: marks on what has changed, and on edges that no listed path goes along. */
import { type GraphJson, type GraphView, type Mark, mark } from "gradbook/graph";
import { changesBetween } from "./changes.ts";
import { edgesAlong, listedPaths, pathsFrom } from "./entry-paths-sections.ts";

/** What to mark. */
export interface Marking {
  readonly changedNodes: ReadonlySet<number>;
  /** As `3:5`, for values and for gradients. */
  readonly changedValues: ReadonlySet<string>;
  readonly changedGradients: ReadonlySet<string>;
  /** As `node:input`; `null` while no path is left out. */
  readonly litEdges: ReadonlySet<string> | null;
}

/** Finds what to mark. */
export function markingOf(
  graph: GraphJson,
  view: GraphView,
  reference: GraphJson | null,
  prune: number,
): Marking {
  const changes = reference === null ? [] : changesBetween(reference, graph);
  return {
    changedNodes: new Set(changes.map(({ node }) => node)),
    changedValues: new Set(
      changes.flatMap(({ node, valueEntries }) => valueEntries.map((i) => `${node}:${i}`)),
    ),
    changedGradients: new Set(
      changes.flatMap(({ node, gradientEntries }) => gradientEntries.map((i) => `${node}:${i}`)),
    ),
    litEdges: prune === 0 ? null : litEdges(graph, view, prune),
  };
}

/** The classes of the element with these attributes. */
export function markingClasses(marking: Marking, attributes: Mark["attributes"]): readonly string[] {
  const { "data-entry": entry, "data-part": part, "data-edge": edge, "data-node": node } = attributes;
  if (entry !== undefined) {
    const changed = part === "gradient" ? marking.changedGradients : marking.changedValues;
    return changed.has(String(entry)) ? ["gb-mod-changed"] : [];
  }
  if (edge !== undefined) return marking.litEdges?.has(String(edge)) === false ? ["gb-mod-dim"] : [];
  return node !== undefined && marking.changedNodes.has(Number(node)) ? ["gb-mod-changed"] : [];
}

function litEdges(graph: GraphJson, { selection }: GraphView, prune: number): ReadonlySet<string> | null {
  if (selection?.kind !== "entry") return null;
  const paths = pathsFrom(graph, selection.node, selection.entry);
  if (paths === null) return null;
  const along = edgesAlong(listedPaths(paths, prune));
  return new Set(
    graph.nodes.flatMap(({ op }, node) =>
      (op?.inputs ?? []).flatMap((input, i) =>
        "from" in input && along.has(`${node}:${input.from}`) ? [`${node}:${i}`] : [],
      ),
    ),
  );
}

/** `drawing` with the classes that `classesOf` gives to the attributes of each element. */
export function decorated(
  drawing: Mark,
  classesOf: (attributes: Mark["attributes"]) => readonly string[],
): Mark {
  const children = drawing.children.map((child) =>
    typeof child === "string" ? child : decorated(child, classesOf),
  );
  const classes = classesOf(drawing.attributes);
  const isSame = classes.length === 0 && children.every((child, i) => child === drawing.children[i]);
  if (isSame) return drawing;
  const attributes =
    classes.length === 0
      ? drawing.attributes
      : { ...drawing.attributes, class: [drawing.attributes.class ?? "", ...classes].join(" ").trim() };
  return mark(drawing.tag, attributes, ...children);
}
