/** Graphs as notebooks keep them, made up for tests of what is around a graph. */
import type { IMimeBundle } from "@jupyterlab/nbformat";
import { packed } from "../../src/graph/graph-json.ts";
import { GRAPH_MIME, type GraphJson, type GraphNode } from "../../src/picture/index.ts";

/** The output of a cell that computed `title` as the sum of H, itself the product of X and W, in cell number `cell`. */
export function savedGraph(title: string, cell: number): IMimeBundle {
  const place = { cell, line: 2, id: `cell-${cell - 1}` };
  const graph: GraphJson = {
    v: 1,
    id: null,
    title,
    nodes: [
      leaf("X", [1, -2, 0, 3, 0.5, -1], [2, 3]),
      leaf("W", [1, 0, 0.5, -1, 0, 2], [3, 2]),
      {
        ...leaf("Z", [0, 2, 3.25, -2.5], [2, 2]),
        op: {
          name: "matmul",
          tex: "X \\, W",
          label: "X W",
          inputs: [
            { from: 0, rule: "dZ \\, W^\\top" },
            { from: 1, rule: "X^\\top \\, dZ" },
          ],
        },
        gradient: { data: [1, 1, 1, 1] },
        place,
      },
      {
        ...leaf(title, [2.75], []),
        op: { name: "sum", tex: "\\sum Z", label: "Σ", inputs: [{ from: 2, rule: `d${title} \\, 1` }] },
        gradient: { data: [1] },
        place: { ...place, line: 3 },
      },
    ],
    groups: [],
    steps: [
      { node: 3, input: 0 },
      { node: 2, input: 1 },
      { node: 2, input: 0 },
    ],
    failure: null,
    omitted: 0,
  };
  return {
    // JSON through and through, as its type says field by field.
    [GRAPH_MIME]: JSON.parse(JSON.stringify(packed(graph))),
    "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15">${title}</text></svg>`,
    "text/plain": `${title} = sum(Z), Z = X W`,
  };
}

function leaf(name: string, data: readonly number[], shape: readonly number[]): GraphNode {
  return {
    name,
    tex: name,
    label: name,
    shape,
    dtype: "float64",
    op: null,
    value: { data },
    gradient: { data: data.map(() => 0.5) },
  };
}
