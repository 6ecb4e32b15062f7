import { expect, test } from "vitest";
import { stepFrom } from "../../extension/src/graph-view/items.ts";
import { commandOf } from "../../extension/src/graph-view/keys.ts";
import { entered, left, moved, nextEdge } from "../../extension/src/graph-view/navigate.ts";
import { graph, MLP, mse, ones, seed } from "../../src/index.ts";
import { firstView, type GraphJson, type GraphView, type Selection } from "../../src/picture/index.ts";
import { made, nodeOf, sketch } from "./graph-view-graphs.ts";

const J = sketch();

/** What is selected after these keys, as `Z` for a node, `Z 1` for an entry, `X>Z` for an edge, `group 0`. */
function walk(json: GraphJson, keys: string, view: GraphView = firstView(json)): string {
  const names: Record<string, string> = {
    "→": "ArrowRight",
    "←": "ArrowLeft",
    "↑": "ArrowUp",
    "↓": "ArrowDown",
  };
  let selection: Selection | null = view.selection;
  for (const key of keys.split(" ")) {
    const now = { ...view, selection };
    const command = commandOf({
      key: names[key] ?? key,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: key === "E",
    });
    if (command?.kind === "move") selection = moved(json, now, command.direction);
    else if (command?.kind === "edge") selection = nextEdge(json, now, command.by);
    else if (command?.kind === "enter") selection = selection === null ? null : entered(json, selection);
    else if (command?.kind === "leave") selection = left(selection);
  }
  return written(json, selection);
}

function written({ nodes }: GraphJson, selection: Selection | null): string {
  if (selection === null) return "nothing";
  if (selection.kind === "group") return `group ${selection.group}`;
  const { label, op } = nodes[selection.node];
  if (selection.kind === "node") return label;
  if (selection.kind === "entry") return `${label} ${selection.entry}`;
  const edge = op?.inputs[selection.input];
  return `${edge && "from" in edge ? nodes[edge.from].label : "?"}>${label}`;
}

test.each([
  ["→", "J", "the walk starts at the result"],
  ["End ←", "Y", "left is against the data"],
  ["End ← ← ←", "X", "to the first operand"],
  ["End ← ← ← ↓", "W", "down to its neighbour"],
  ["End ← ← ← ↓ ↓", "W", "and no further than there is"],
  ["End ← ← ← ↓ ↑", "X", "and up again"],
  ["Home →", "Z", "right is along the data"],
  ["End →", "J", "the result is the end"],
  ["Home Enter", "X 0", "Enter goes into the matrix"],
  ["Home Enter → ↓", "X 4", "where arrows follow rows and columns"],
  ["Home Enter ← ↑", "X 0", "and stop at its borders"],
  ["Home Enter End", "X 5", "End is its last entry"],
  ["Home Enter Escape", "X", "Escape leads out"],
  ["Home Escape", "nothing", "and up to nothing"],
  ["e", "X>Z", "e walks the edges"],
  ["e e", "W>Z", "one after the other"],
  ["e E", "Y>J", "backwards with Shift"],
  ["e e ←", "W", "from an edge to its operand"],
  ["e e →", "Z", "or to its result"],
] as const)("%s leads to %s: %s", (keys, target, _why) => {
  expect(walk(J, keys)).toBe(target);
});

test("from the result every tensor is reached by Left, Up and Down alone", () => {
  const view = firstView(J);
  const reached = new Map<string, Selection>();
  const queue: (Selection | null)[] = [moved(J, view, "last")];
  for (let selection = queue.shift(); selection; selection = queue.shift()) {
    if (reached.has(written(J, selection))) continue;
    reached.set(written(J, selection), selection);
    for (const direction of ["left", "up", "down"] as const)
      queue.push(moved(J, { ...view, selection }, direction));
  }
  expect([...reached.keys()].toSorted()).toEqual(["J", "W", "X", "Y", "Z"]);
});

test("a closed group is one stop of the walk, and its tensors are stops once it is open", () => {
  seed(1);
  const layers = MLP([3, 4, 2]);
  const L = mse(layers(ones(2, 3).as("X")), ones(2, 2)).as("L");
  L.backward();
  const json = made(graph(L));
  expect(json.groups.length).toBeGreaterThan(0);
  const stops = (open: ReadonlySet<number>) => {
    const view = { ...firstView(json), open };
    const seen = new Set<string>();
    let selection: Selection | null = moved(json, view, "last");
    for (let i = 0; i < 40 && selection; i++) {
      seen.add(selection.kind);
      selection = moved(json, { ...view, selection }, "left");
    }
    return [...seen];
  };
  expect(stops(new Set())).toContain("group");
  expect(stops(new Set(json.groups.keys()))).toEqual(["node"]);
});

test("steps within a closed group are passed over, unless it is open", () => {
  seed(1);
  const model = MLP([3, 5, 2]);
  const loss = mse(model(ones(4, 3).as("X")), ones(4, 2).as("T")).as("J");
  loss.backward();
  const json = made(graph(loss));
  const last = json.steps.length;
  const seen = (open: ReadonlySet<number>): number[] => {
    const stops = [0];
    while (stops[stops.length - 1] < last) stops.push(stepFrom(json, stops[stops.length - 1], 1, open));
    return stops;
  };
  expect(seen(new Set(json.groups.keys()))).toHaveLength(last + 1);
  const few = seen(new Set());
  expect(few.length).toBeLessThan(last / 2);
  expect(few.toReversed().slice(1)).toEqual(few.slice(0, -1).toReversed());
  expect(few.slice(1).map((step, k) => stepFrom(json, step, -1, new Set()) <= few[k])).not.toContain(false);
});

test("a vector is walked as a column", () => {
  const json = {
    ...J,
    nodes: J.nodes.map((node, i) => (i === nodeOf(J, "X") ? { ...node, shape: [6] } : node)),
  };
  expect(walk(json, "Home Enter ↓ → ↓")).toBe("X 2");
});

test("keys with Control, Alt or Meta belong to the notebook", () => {
  const key = { key: "n", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(commandOf(key)).toEqual({ kind: "step", by: 1 });
  for (const modifier of ["ctrlKey", "metaKey", "altKey"])
    expect(commandOf({ ...key, [modifier]: true })).toBe(null);
});
