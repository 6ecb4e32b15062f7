/** Numbers that are changed where they are shown, and what a front end asks about them. */
import { expect, test } from "vitest";
import { live, matmul, randn, sigmoid, slider, sum, symbol, type Tensor, tensor } from "../../src/index.ts";
import { readGraph } from "../../src/picture/index.ts";
import { mimeBundle, TENSOR_MIME, type TensorJson } from "../../src/print/display.ts";
import { answerFrontEnd, connectHost } from "../../src/session.ts";

/** Shows a tensor, and says by which LaTeX a front end knows it. */
const shown = (x: Tensor): TensorJson => mimeBundle(x)[TENSOR_MIME] as TensorJson;
const asked = (question: object) => answerFrontEnd(question) as Record<string, unknown>;

const make = () => {
  const X = live(
    tensor([
      [1, 2],
      [3, 4],
    ]).as("X"),
    { from: -9, to: 9, step: 0.5 },
  );
  const W = tensor([
    [1, 0],
    [0, 1],
  ]).as("W");
  const Z = matmul(X, W).as("Z");
  const J = sum(sigmoid(Z)).as("J");
  J.backward();
  return { X, W, Z, J };
};

test("a live matrix is shown with what moves it, and as itself to every other reader", () => {
  const { X, W } = make();
  expect(shown(X).live).toEqual({ from: -9, to: 9, step: 0.5 });
  expect(mimeBundle(X)["text/latex"]).toBe(
    "$\\displaystyle X = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$",
  );
  expect(shown(W)).not.toHaveProperty("live");
});

test("all that was shown from it follows, gradients too, and no variable changes", () => {
  const { X, W, Z, J } = make();
  const [x, w, z, j, dX, dW] = [X, W, Z, J, X.grad, W.grad].map((one) => shown(one).tex);
  const data = [0, 2, 3, 4];
  const { tensors } = asked({
    type: "follow",
    changes: [{ tensor: x, data }],
    shown: [x, w, z, j, dX, dW, "nobody"],
  });
  const found = new Map(
    (tensors as { shown: string; tensor: TensorJson }[]).map((one) => [one.shown, one.tensor]),
  );
  const moved = make();
  const other = tensor([
    [0, 2],
    [3, 4],
  ]).as("X");
  const Z2 = matmul(other, moved.W).as("Z");
  const J2 = sum(sigmoid(Z2)).as("J");
  J2.backward();
  expect([...found.keys()].toSorted()).toEqual([x, z, j, dX, dW].toSorted());
  expect(found.get(z)).toEqual(shown(Z2));
  expect(found.get(j)).toEqual(shown(J2));
  expect(found.get(dX)).toEqual(shown(other.grad));
  expect(found.get(dW)).toEqual(shown(moved.W.grad));
  expect(X.at(0, 0).item()).toBe(1);
  expect(asked({ type: "give", changes: [{ tensor: x, data }] })).toMatchObject({
    type: "written",
    names: ["X"],
  });
  expect(X.at(0, 0).item()).toBe(0);
});

test("the tensors of the session are listed, with their shapes and whether they have a gradient", () => {
  const { X, W } = make();
  const scope: Record<string, unknown> = { X, W, eta: slider("η", 0, 1), f: sum, n: 3 };
  const silent = { display: () => {}, clearOutput: () => {}, note: () => {} };
  connectHost({ ...silent, variables: { names: () => Object.keys(scope), get: (name) => scope[name] } });
  const answer = asked({ type: "variables" });
  connectHost(silent); // other files of this process have variables of their own
  expect(answer).toMatchObject({
    variables: [
      { name: "X", shape: [2, 2], dtype: "float64", hasGradient: true },
      { name: "W", shape: [2, 2], dtype: "float64", hasGradient: true },
      { name: "eta", shape: [], dtype: "float64", hasGradient: false },
    ],
  });
});

test("a slider is a number with two ends", () => {
  const eta = slider("η", 0, 1, { value: 0.25, step: 0.05 });
  expect(shown(eta)).toMatchObject({ name: "η", live: { from: 0, to: 1, step: 0.05 }, data: [0.25] });
  expect(slider("a", -1, 3).item()).toBe(1);
});

test.each([
  ["a result", () => live(sum(tensor([1, 2])).as("J")), /J live: it is computed/],
  ["a symbol", () => live(symbol("X", "α")), /has no numbers/],
  ["too many entries", () => live(randn(20, 20)), /400 entries live: 100 are the most/],
  ["ends the wrong way round", () => slider("η", 1, 0), /from 1 to 0: the first end is the smaller one/],
  ["a value outside", () => slider("η", 0, 1, { value: 2 }), /η to 2: it goes from 0 to 1/],
  ["a step of nothing", () => live(tensor([1]), { step: 0 }), /steps of 0/],
  ["no ends", () => slider("η" as never, undefined as never, undefined as never), /its two ends/],
])("%s is refused in a sentence", (_what, make, message) => {
  expect(make).toThrow(message);
});

test.each([
  [{ type: "follow", changes: "all", shown: [] }, /the changes: they are no list/],
  [{ type: "follow", changes: [{ tensor: "Q = 1", data: [1] }], shown: [] }, /run its cell again/],
  [{ type: "follow", changes: [], shown: 3 }, /the outputs are no list/],
  [{ type: "give", changes: [null] }, /run its cell again/],
  [{ type: "why", shown: 3 }, /run its cell again/],
])("a question that cannot be answered says why: %j", (question, message) => {
  expect(asked(question)).toMatchObject({ type: "error", message: expect.stringMatching(message) });
});

test("numbers that do not fit, and numbers of a result, are not taken", () => {
  const { X, Z } = make();
  const change = (x: Tensor, data: unknown) =>
    asked({ type: "give", changes: [{ tensor: shown(x).tex, data }] });
  expect(change(X, [1])).toMatchObject({ message: "Cannot change X: it has 4 numbers" });
  expect(change(X, [1, 2, 3, "4"])).toMatchObject({ message: "Cannot change X: it has 4 numbers" });
  expect(change(Z, [1, 2, 3, 4])).toMatchObject({ message: "Cannot change Z: it is computed" });
});

test("why: the graph in which a shown tensor stands, up to the result of its backward pass", () => {
  const { Z, J, W } = make();
  const label = (x: Tensor) => {
    const { graph, node } = asked({ type: "why", shown: shown(x).tex });
    const { nodes, title } = readGraph(graph);
    return [title, nodes[Number(node)].label];
  };
  expect(label(Z)).toEqual(["J", "Z"]);
  expect(label(W.grad)).toEqual(["J", "W"]);
  expect(label(J)).toEqual(["J", "J"]);
  // At the numbers of the page, where these are others.
  const { X } = make();
  const changes = [{ tensor: shown(X).tex, data: [0, 0, 0, 0] }];
  const { nodes } = readGraph(asked({ type: "why", shown: shown(X).tex, changes }).graph);
  expect(nodes.map(({ value }) => value).at(-1)).toEqual({ data: [2] });
  // Of what no backward pass has reached, all that it was computed from.
  expect(label(matmul(W, Z).as("Q"))).toEqual(["Q", "Q"]);
});
