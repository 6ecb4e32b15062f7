import { expect, test, vi } from "vitest";
import { calculatorFor, isRestarted, obstacleOf } from "../../extension/src/graph-view/edits.ts";
import type { GraphLink } from "../../extension/src/graph-view/graph-link.ts";
import { GraphModel } from "../../extension/src/graph-view/graph-model.ts";
import { replay } from "../../src/graph/replay.ts";
import type { GraphJson } from "../../src/picture/index.ts";
import { nodeOf, sketch } from "./graph-view-graphs.ts";

const J: GraphJson = { ...sketch(), id: "graph-1" };
const [X, Y] = [nodeOf(J, "X"), nodeOf(J, "Y")];

function modelOf(graph = J): GraphModel {
  return new GraphModel(graph, { openUpTo: 20, loadReplay: async () => replay });
}

/** A kernel that answers with `answer`; it knows the graph if not told otherwise. */
function linkOf(
  { knows = true as boolean | null, knew = false, state = "idle" as GraphLink["state"] },
  answer: (message: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> = () => ({}),
): GraphLink {
  return {
    knows: () => knows,
    knew: () => knew,
    want: () => {},
    state,
    onChange: () => () => {},
    request: async (message) => answer(message),
  };
}

const dataOf = (graph: GraphJson, node: number): readonly unknown[] => {
  const { value } = graph.nodes[node];
  return value !== null && "data" in value ? value.data : [];
};

test("a new graph in the same output keeps step, selection and what is open", () => {
  const model = modelOf();
  model.look({ step: 2, selection: { kind: "entry", node: X, entry: 3 }, scattered: new Set([Y]) });
  model.show(sketch(1.5));
  expect(model.view).toMatchObject({ step: 2, selection: { node: X, entry: 3 }, scattered: new Set([Y]) });
  expect(dataOf(model.graph, nodeOf(J, "W"))[0]).toBe(1.5);
});

test("a view at the end stays at the end of a longer pass, and drops what is no longer there", () => {
  const short = { ...J, nodes: J.nodes.slice(0, 3), steps: J.steps.slice(2) };
  const model = modelOf(J);
  model.look({ selection: { kind: "node", node: Y } });
  model.show(short);
  expect(model.view).toMatchObject({ step: 2, selection: null });
  model.show(J);
  expect(model.view.step).toBe(4);
});

test("only the last sixty graphs are kept, and numbers go on", () => {
  const model = modelOf();
  for (let i = 0; i < 65; i++) model.show(J);
  expect(model.updates).toHaveLength(60);
  expect(model.latest.number).toBe(66);
  model.compare({ before: 1, after: null });
  expect(model.reference).toBe(model.updates[0].graph);
});

test("a comparison that follows the latest goes on while updates come", () => {
  const model = modelOf();
  model.show(sketch(2));
  model.compare({ before: 1, after: null });
  model.show(sketch(3));
  expect(dataOf(model.graph, nodeOf(J, "W"))[0]).toBe(3);
  expect(model.reference).toBe(J);
});

test.each([
  ["idle, and knows the graph", "kernel", linkOf({})],
  ["idle, and has not said whether it knows the graph", "kernel", linkOf({ knows: null })],
  ["busy", "page", linkOf({ state: "busy" })],
  ["busy, and has not said whether it knows the graph", "page", linkOf({ state: "busy", knows: null })],
  ["gone", "page", linkOf({ state: "gone" })],
  ["restarted", "page", linkOf({ knows: false, knew: true })],
  ["not there", "page", null],
] as const)("with a kernel that is %s, edits are computed by the %s", (_, calculator, link) => {
  expect(calculatorFor(J, link)).toBe(calculator);
});

test.each([
  ["busy", linkOf({ state: "busy" })],
  ["gone", linkOf({ state: "gone" })],
  ["restarted", linkOf({ knows: false, knew: true })],
  ["unknown", null],
] as const)("what was only summarised cannot be computed in the page: the kernel is %s", (obstacle, link) => {
  const value = { least: 0, most: 1, mean: 0.5, corner: [] };
  const large = { ...J, nodes: J.nodes.map((node, i) => (i === X ? { ...node, value } : node)) };
  expect(calculatorFor(large, link)).toBe(obstacle);
});

test("an edit recomputes all that follows in the page, and undoing it brings the numbers back", async () => {
  const model = modelOf();
  await model.edit(X, 0, 5);
  expect(model.editState).toEqual({ kind: "computed", by: "page" });
  expect(dataOf(model.graph, X)[0]).toBe(5);
  expect(dataOf(model.graph, Y)[0]).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
  expect(model.reference).toBe(J);
  await model.edit(X, 1, -1);
  expect(dataOf(model.graph, X).slice(0, 2)).toEqual([5, -1]);
  model.undoEdits();
  expect(model.graph).toBe(J);
});

test("an idle kernel is asked to compute, and to write only when the person says so", async () => {
  const asked: unknown[] = [];
  const model = modelOf();
  model.connect(
    linkOf({}, (message) => {
      asked.push(message);
      return message.type === "write"
        ? { type: "written", names: ["X"] }
        : { type: "graph", graph: sketch(7) };
    }),
  );
  await model.edit(X, 0, 5);
  expect(asked).toEqual([{ type: "edit", graph: "graph-1", edits: [{ node: X, entry: 0, value: 5 }] }]);
  expect(model.editState).toEqual({ kind: "computed", by: "kernel" });
  await model.write();
  expect(asked).toHaveLength(2);
  expect(model.editState).toEqual({ kind: "written", names: ["X"] });
  expect(model.edits).toEqual([]);
  expect(dataOf(model.graph, nodeOf(J, "W"))[0]).toBe(7);
});

test("an answer that comes after the next edit is not shown", async () => {
  const model = modelOf();
  const answers: ((graph: GraphJson) => void)[] = [];
  model.connect({
    ...linkOf({}),
    request: () => new Promise((resolve) => answers.push((graph) => resolve({ type: "graph", graph }))),
  });
  const [first, second] = [model.edit(X, 0, 5), model.edit(X, 0, 6)];
  answers[1](sketch(6));
  answers[0](sketch(5));
  await Promise.all([first, second]);
  expect(dataOf(model.graph, nodeOf(J, "W"))[0]).toBe(6);
});

test("a kernel that has forgotten the graph is quoted, where the page cannot compute it either", async () => {
  const forgetful = () => linkOf({}, () => ({ type: "error", message: "Cannot find this graph" }));
  const failed = modelOf({ ...J, failure: "Cannot add" });
  failed.connect(forgetful());
  await failed.edit(X, 0, 5);
  expect(failed.editState).toEqual({ kind: "failed", message: "Cannot find this graph" });

  const model = modelOf();
  model.connect(forgetful());
  await model.edit(X, 0, 5);
  expect(model.editState).toEqual({ kind: "computed", by: "page" });
});

test("a graph without an id is never asked for", () => {
  expect(calculatorFor({ ...J, id: null }, linkOf({}))).toBe("page");
});

test("the kernel is asked whether it knows the graph when it is connected, and for each graph that comes", () => {
  const wanted: string[] = [];
  const model = modelOf();
  model.connect({ ...linkOf({}), want: (id) => wanted.push(id) });
  model.show({ ...J, id: "graph-2" });
  model.show({ ...J, id: null });
  expect(wanted).toEqual(["graph-1", "graph-2"]);
});

test("checked gradients come from the kernel and are shown at once", async () => {
  const model = modelOf({ ...J, nodes: J.nodes.map(({ check: _, ...node }) => node) });
  model.connect(linkOf({}, () => ({ type: "graph", graph: J })));
  await model.check();
  expect(model.view.differences).toBe(true);
  expect(model.graph.nodes[X].check?.ok).toBe(true);
});

test("whoever listens hears of changes until they stop, and the last to leave lets go of the kernel", () => {
  const model = modelOf();
  const unlink = vi.fn();
  model.connect({ ...linkOf({}), onChange: () => unlink });
  const listener = vi.fn();
  const stop = model.onChange(listener);
  model.look({ step: 1 });
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
  expect(unlink).toHaveBeenCalledTimes(1);
  model.look({ step: 2 });
  expect(listener).toHaveBeenCalledTimes(1);
});

test.each([
  ["does not know and never knew", false, false, false, "another"],
  ["has not said that it knows", null, false, false, "busy"],
  ["knew before, and has not said whether it does again", null, true, false, "busy"],
  ["knew before and knows again, as its cell has run again", true, true, false, null],
  ["knew before it was started again", false, true, true, "restarted"],
] as const)(
  "of a graph that the kernel %s, no more is said than that",
  (_, knows, knew, restarted, obstacle) => {
    const link = { ...linkOf({}), knows: () => knows, knew: () => knew };
    expect(isRestarted(J, link)).toBe(restarted);
    expect(obstacleOf(J, link)).toBe(obstacle);
  },
);
