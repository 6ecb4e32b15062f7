/** Which pictures are turned round in a dark theme: those that the library draws, and no others. */
import { expect, test } from "vitest";
import { isOurs } from "../../extension/src/figure/is-ours.ts";
import { figure, graph, plot, sigmoid, sum, tensor } from "../../src/index.ts";

const bundleOf = async (shown: object): Promise<string> => {
  const show = Reflect.get(shown, Symbol.for("Jupyter.display")) as () => unknown;
  return String(((await show.call(shown)) as Record<string, unknown>)["image/svg+xml"]);
};

test.each([
  ["a plot", () => plot({ x: [-1, 1], curve: sigmoid })],
  ["a figure of the lecture", () => figure("effects")],
  ["a graph", () => graph(sum(tensor([[1, 2]]).as("X")))],
])("%s is the library's", async (_what, make) => {
  expect(isOurs(await bundleOf(make()))).toBe(true);
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" rx="6" fill="#ffffff"/></svg>',
  "",
  "<svg/>",
])("%j is somebody else's", (source) => {
  expect(isOurs(source)).toBe(false);
});
