/** Numbers that are changed by hand in an output, and the outputs that follow. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addComputer, addFollower, arrived } from "../../extension/src/live/followers.ts";
import { Leader } from "../../extension/src/live/leader.ts";
import { moved, stepOf, within } from "../../extension/src/live/live-entries.ts";
import { parseTensor } from "../../extension/src/tensor/tensor-data.ts";
import { positionOf } from "../../extension/src/why/answer-why.ts";

/** An output of a notebook: all that is asked of it is where it stands. */
const output = (notebook: object | null): HTMLElement =>
  ({ closest: () => notebook }) as unknown as HTMLElement; // nothing else is read

const pause = () => new Promise((done) => setTimeout(done, 0));
beforeAll(() => void vi.stubGlobal("window", globalThis)); // timers are asked of the window
afterAll(() => void vi.unstubAllGlobals());

test("a drag goes in steps, ends at the ends, and leaves no digits of rounding", () => {
  expect([stepOf({}), stepOf({ from: 0, to: 50 }), stepOf({ from: 0, to: 50, step: 2 })]).toEqual([
    0.1, 0.5, 2,
  ]);
  expect(moved(0.2, 1, {})).toBe(0.3);
  expect(moved(0.25, 3, { from: 0, to: 1 })).toBe(0.28);
  expect(moved(1, 5, { from: 1, to: 10, step: 2 })).toBe(10);
  expect(moved(1, 4, { from: 1, to: 10, step: 2 })).toBe(9);
  expect(within(-3, { from: -1 })).toBe(-1);
});

test("outputs of the same notebook follow, one question at a time, and the last change counts", async () => {
  const [here, elsewhere] = [{}, {}];
  const seen: unknown[] = [];
  const node = output(here);
  const leave = [
    addFollower({ node: output(here), shown: "Z = 1", show: (tensor) => seen.push(tensor) }),
    addFollower({ node: output(here), shown: "W = 2", show: () => seen.push("W") }),
    addFollower({ node: output(elsewhere), shown: "Z = 1", show: () => seen.push("elsewhere") }),
    addFollower({ node, shown: "X = 1", show: () => seen.push("itself") }),
    addComputer({
      node: output(here),
      change: (name, data) => seen.push([name, ...data]),
      takeBack: () => seen.push("back"),
    }),
  ];
  const asked: unknown[] = [];
  let answer: (tensors: unknown[]) => void = () => {};
  const ask = (_node: unknown, question: object) => {
    asked.push(question);
    return new Promise<Record<string, unknown>>((done) => {
      answer = (tensors) => done({ tensors });
    });
  };
  const said: unknown[] = [];
  const leader = new Leader({ node, name: "X", shown: "X = 1", ask, say: (how) => said.push(how) });
  leader.change([2]);
  leader.change([3]);
  leader.change([4]);
  expect(asked).toEqual([
    { type: "follow", changes: [{ tensor: "X = 1", data: [2] }], shown: ["Z = 1", "W = 2"] },
  ]);
  answer([{ shown: "Z = 1", tensor: "at 2" }]);
  await pause();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({ changes: [{ data: [4] }] });
  answer([{ shown: "Z = 1", tensor: "at 4" }]);
  await pause();
  expect(seen).toEqual([["X", 2], ["X", 3], ["X", 4], "at 2", "at 4"]);
  // What is shown later follows, too.
  arrived(output(here));
  expect(asked).toHaveLength(3);
  answer([]);
  await pause();
  seen.length = 0;
  leader.takeBack();
  expect(seen).toEqual(["back", null, "W"]);
  expect(said.at(-1)).toBeNull();
  for (const one of leave) one();
});

test("a kernel that cannot answer is quoted", async () => {
  const node = output({});
  const said: unknown[] = [];
  const leader = new Leader({
    node,
    name: null,
    shown: "X = 1",
    ask: () => Promise.reject(new Error("Cannot find this tensor any more")),
    say: (how) => said.push(how),
  });
  leader.change([2]);
  await pause();
  expect(said).toEqual([new Error("Cannot find this tensor any more")]);
});

test("an entry is found by its names, also behind entries that are left out", () => {
  const at = (row: number, column: number, rowLabels: string[], columnLabels: string[]) => ({
    element: output(null),
    places: [
      { axis: "rows", labels: rowLabels },
      { axis: "columns", labels: columnLabels },
    ],
    matrix: 0,
    row,
    column,
    tex: "",
  });
  expect(positionOf(at(1, 2, ["2"], ["3", "last"]), [2, 3])).toBe(5);
  expect(positionOf(at(8, 8, ["last"], ["last"]), [20, 30])).toBe(599);
  expect(positionOf(at(1, 0, ["2"], ["1", "last"]), [4])).toBe(1);
  expect(positionOf(at(0, 0, [], []), [])).toBe(0);
  expect(positionOf(at(0, 0, ["1"], ["1"]), [2, 2, 2])).toBeUndefined();
});

test.each([
  [
    { from: 0, to: 1, step: 0.5, secret: 1 },
    { from: 0, to: 1, step: 0.5 },
  ],
  [{}, {}],
])("how a tensor is changed is read: %j", (live, expected) => {
  expect(
    parseTensor({ v: 1, name: null, tex: "", text: "", shape: [], dtype: "float64", live }).live,
  ).toEqual(expected);
});

test.each([[3], [{ from: "0" }], [{ step: 0 }], [{ step: -1 }], [{ to: Number.NaN }]])(
  "how a tensor is changed is believed only when it can be: %j",
  (live) => {
    const json = { v: 1, name: null, tex: "", text: "", shape: [], dtype: "float64", live };
    expect(() => parseTensor(json)).toThrow(/how it is changed/);
  },
);
