import { afterAll, beforeAll, expect } from "vitest";
import { Bench } from "../../grader/dist/grade/bench.js";
import { readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { attacks } from "./attacks.ts";
import { solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";
import { sandboxed as test } from "./sandbox.ts";

let bench: Bench;
const source = readNotebook(JSON.stringify(homework));
const patience = { cell: 1000, notebook: 20_000 };

beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.close());

test("there are at least sixty attacks", () => {
  expect(attacks.length).toBeGreaterThanOrEqual(60);
});

test.each(attacks)(
  "$title gains nothing, and costs no other exercise",
  async ({ backward, count, refused }) => {
    const solutions = {
      ...GOOD,
      ...(backward !== undefined && { backward }),
      ...(count !== undefined && { count }),
    };
    const submission = readNotebook(JSON.stringify(solved(homework, solutions)));
    const work = {
      key: "k",
      student: "eve",
      assignment: "hw",
      notebook: "hw.ipynb",
      source,
      submission,
      patience,
    };
    const { marks, cells } = await bench.grade(work);
    const [first, second, third] = marks.map(({ earned }) => earned);
    if (backward !== undefined) expect(first).toBe(0);
    if (count !== undefined) expect(second).toBe(0);
    if (refused) expect(cells.find(({ id }) => id === "backward")?.shown?.error).toBeDefined();
    // What the attack has broken in its own process, and is used by its other exercises, is its own loss.
    expect([0, 2]).toContain(third);
  },
);
