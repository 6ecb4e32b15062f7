import { expect, test } from "vitest";
import { type Kept, keep, kept } from "../../src/graph/answers.ts";

const graph = (): Kept => ({ record: {}, toJSON: () => ({}) }) as unknown as Kept; // only its identity counts here

test("Of the graphs that were shown, the last 32 are kept, as each holds on to all of its tensors", () => {
  const graphs = Array.from({ length: 40 }, graph);
  const ids = graphs.map((one, k) => keep(one, `graph ${k}`));
  expect(ids.map((id) => kept(id))).toEqual(graphs.map((one, k) => (k < 8 ? undefined : one)));
  expect(ids.filter((id) => kept(id) !== undefined)).toHaveLength(32);
});

test("A graph that is shown again is the last one again, and the later of two that say the same is kept", () => {
  const first = keep(graph(), "shown again");
  for (let k = 0; k < 31; k++) keep(graph(), `other ${k}`);
  const again = graph();
  expect(keep(again, "shown again")).toBe(first);
  for (let k = 31; k < 62; k++) keep(graph(), `other ${k}`);
  expect(kept(first)).toBe(again);
  keep(graph(), "one more");
  expect(kept(first)).toBeUndefined();
});
