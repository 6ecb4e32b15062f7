/** Numbers that are changed where they are shown, and what a front end asks about them. */
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import {
  explain,
  live,
  matmul,
  mul,
  plot,
  randn,
  sigmoid,
  slider,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { readGraph } from "../../src/picture/index.ts";
import { mimeBundle, TENSOR_MIME, type TensorJson } from "../../src/print/display.ts";
import { answerFrontEnd, connectHost, recover } from "../../src/session.ts";
import { internals } from "../../src/tensor/tensor.ts";

/** Shows a tensor, and says by which LaTeX a front end knows it. */
const shown = (x: Tensor): TensorJson => mimeBundle(x)[TENSOR_MIME] as TensorJson;
const asked = (question: object) => answerFrontEnd(question) as Record<string, unknown>;

/** A notebook in which nothing is seen. */
const silent = { display: () => {}, clearOutput: () => {}, note: () => {} };

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

const DISPLAY = Symbol.for("Jupyter.display");
/** What a notebook shows of anything that shows itself. */
const bundleOf = (value: object): Record<string, unknown> =>
  (value as Record<symbol, () => Record<string, unknown>>)[DISPLAY]();

/** What an output of this text becomes when a tensor has other numbers. */
const followed = (x: Tensor, data: readonly number[], text: string): unknown => {
  const { tensors } = asked({ type: "follow", changes: [{ tensor: shown(x).tex, data }], shown: [text] });
  return (tensors as { shown: string; tensor: unknown }[]).find((one) => one.shown === text)?.tensor;
};

test("a plot of tensors follows, and one of others does not", () => {
  const { X, Z, W } = make();
  const svg = (values: Tensor): string => String(bundleOf(plot({ curve: values }))["image/svg+xml"]);
  const [ofZ, ofW] = [svg(Z), svg(W)];
  const moved = tensor([1, 2, 3, 8]);
  expect(followed(X, [1, 2, 3, 8], ofZ)).toBe(svg(moved));
  expect(followed(X, [1, 2, 3, 8], ofW)).toBeUndefined();
  expect(svg(Z)).toBe(ofZ);
});

test("a plot of functions follows through whatever they read, and every variable is as before", () => {
  const a = live(tensor(2).as("a"), { from: 0, to: 9 });
  const scope: Record<string, Tensor> = { a, twice: mul(a, 2).as("twice") };
  const copy = a.data;
  const picture = (slope: () => number, height: () => number): string => {
    const shownPlot = plot({ x: [0, 1], y: [0, 50], curve: (x) => slope() * x + height() });
    return String(bundleOf(shownPlot)["image/svg+xml"]);
  };
  const svg = picture(
    () => scope.twice.item(),
    () => a.data[0],
  );
  connectHost({ ...silent, variables: { names: () => Object.keys(scope), get: (name) => scope[name] } });
  const then = followed(a, [5], svg);
  connectHost(silent);
  expect([a.item(), scope.twice.item(), a.data === copy, Array.from(copy)]).toEqual([2, 4, true, [2]]);
  expect(then).not.toBe(svg);
  expect(then).toBe(
    picture(
      () => 10,
      () => 5,
    ),
  );
});

test("the numbers of a derivation follow, with the gradient that they were shown with", () => {
  const { X, J } = make();
  const Y = sigmoid(X).as("Y");
  const L = sum(mul(Y, Y)).as("L");
  L.backward();
  const latex = String(bundleOf(explain(Y))["text/latex"]);
  const data = [0, 2, 3, 4];
  expect(followed(X, [1, 2, 3, 4], latex)).toMatchObject({ "text/latex": latex });
  const moved = followed(X, data, latex) as Record<string, string>;
  const other = tensor([
    [0, 2],
    [3, 4],
  ]).as("X");
  const Y2 = sigmoid(other).as("Y");
  sum(mul(Y2, Y2)).as("L").backward();
  const expected = bundleOf(explain(Y2));
  expect(moved["text/latex"]).toBe(expected["text/latex"]);
  expect(moved["text/latex"]).not.toBe(latex);
  expect(bundleOf(explain(Y))["text/latex"]).toBe(latex);
  expect(J.item()).toBeGreaterThan(0);
});

test("a drawing that is stopped in the middle leaves no other numbers in a variable", () => {
  const X = tensor([1, 2]);
  const stuck = (): void =>
    internals.withNumbers(new Map([[X, tensor([5, 6])]]), () => {
      for (;;);
    });
  Object.assign(globalThis, { stuck });
  // As an interrupt does, the end of the time passes over every `finally`.
  expect(() => runInThisContext("stuck()", { timeout: 50 })).toThrow();
  recover();
  expect(X.toArray()).toEqual([1, 2]);
});
