import { afterAll, beforeAll, expect } from "vitest";
import { Bench } from "../../grader/dist/grade/bench.js";
import type { Result } from "../../grader/dist/grade/result.js";
import { readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { feedbackPage } from "../../grader/dist/report/feedback.js";
import { type RawNotebook, solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";
import { sandboxed as test } from "./sandbox.ts";

let bench: Bench;
const source = readNotebook(JSON.stringify(homework));
const patience = { cell: 1500, notebook: 30_000 };

beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.close());

function grade(submission: RawNotebook): Promise<Result> {
  const work = { key: "k", student: "ada", assignment: "hw", notebook: "hw.ipynb", source, patience };
  return bench.grade({ ...work, submission: readNotebook(JSON.stringify(submission)) });
}

/** The points of a submission with these solutions in place of the good ones. */
async function points(solutions: Readonly<Record<string, string>> = {}): Promise<number[]> {
  const { marks } = await grade(solved(homework, { ...GOOD, ...solutions }));
  return marks.filter(({ status }) => status === "graded").map(({ earned }) => earned);
}

test("honest work has all its points, and prose waits for a person", async () => {
  const result = await grade(solved(homework, GOOD));
  expect(result.marks.map(({ id, status, earned }) => [id, status, earned])).toEqual([
    ["test-backward", "graded", 2],
    ["test-count", "graded", 1],
    ["test-slope", "graded", 2],
    ["prose", "manual", 0],
  ]);
  expect([result.earned, result.points, result.manual]).toEqual([5, 8, 3]);
  expect(result.repairs).toEqual([]);
});

test.each([
  ["a wrong sign", { backward: GOOD.backward.replace("sub(1, Y)", "add(1, Y)") }, [0, 1, 2]],
  ["part of the points", { count: "const answer = 41;" }, [2, 0.5, 2]],
  ["a number in place of a tensor", { backward: "const sigmoidBackward = () => 3;" }, [0, 1, 2]],
  ["nothing", { backward: "" }, [0, 1, 2]],
  ["an error of types", { backward: GOOD.backward.replace("Tensor {", "string {") }, [0, 1, 2]],
  [
    "output on stderr",
    { backward: GOOD.backward.replace("const Y", 'console.error("hm"); const Y') },
    [2, 1, 2],
  ],
  [
    "a loop without end",
    { backward: GOOD.backward.replace("const Y", "while (true) {}\n  const Y") },
    [0, 1, 2],
  ],
  ["a loop that waits", { count: "for (;;) await null;" }, [2, 0, 2]],
  ["a death", { count: "import process from 'node:process';\n(process as any).reallyExit(0);" }, [2, 0, 2]],
  [
    "too much memory",
    { count: "const all: Float64Array[] = [];\nfor (;;) all.push(new Float64Array(1e8).fill(1));" },
    [2, 0, 2],
  ],
])("%s costs its exercise and no other", async (_, solutions, expected) => {
  expect(await points(solutions)).toEqual(expected);
});

test("the feedback has the student's work, typeset mathematics and no hidden test", async () => {
  const html = feedbackPage(await grade(solved(homework, { ...GOOD, backward: `${GOOD.backward}\nX0` })));
  expect(html).toContain("5 of 8 points");
  expect(html).toContain('class="katex"');
  expect(html).toContain("font/woff2;base64");
  expect(html).toContain("sub(1, Y)");
  expect(html).not.toMatch(/secret|HIDDEN|randn/);
  expect(html).not.toMatch(/<script|src="?http/);
});

test("the same work gives the same result, letter by letter", async () => {
  const submission = solved(homework, { ...GOOD, count: "const answer = 41;" });
  expect(JSON.stringify(await grade(submission))).toBe(JSON.stringify(await grade(submission)));
});
