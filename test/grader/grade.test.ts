import { exercise, sigmoid, student } from "gradbook";
import { afterAll, beforeAll, expect } from "vitest";
import { lint } from "../../grader/dist/command/lint.js";
import { Bench } from "../../grader/dist/grade/bench.js";
import type { Result } from "../../grader/dist/grade/result.js";
import { readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { feedbackPage } from "../../grader/dist/report/feedback.js";
import { cell, notebook, type RawNotebook, solved } from "./course.ts";
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

test.each([
  ["a file beside the notebook", "./helper.ts"],
  ["a package", "lodash"],
])("an import of %s is told that a graded notebook stands alone", async (_, name) => {
  const count = `import { answer } from "${name}";\nanswer`;
  const { marks, cells } = await grade(solved(homework, { ...GOOD, count }));
  expect(marks.map(({ earned }) => earned)).toEqual([2, 0, 2, 0]);
  const message =
    `line 1: Cannot import ${name}: a graded notebook stands alone, with gradbook and what Node brings; ` +
    "write what it needs into a cell";
  expect(cells.find(({ id }) => id === "count")?.shown?.error).toEqual({ name: "TypeScriptError", message });
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

const graded = notebook([
  cell("solution", "who", 'student("ada")'),
  cell(
    "given",
    "declared",
    `exercise("1a", { points: 2 }).gradient(sigmoid, "sigmoidBackward", [[2, 3], [1, 4]])
  .mistake("σ only", (dY: Tensor, X: Tensor) => dY.mul(sigmoid(X)), "σ′ is σ (1 − σ)")`,
  ),
  cell(
    "solution",
    "backward",
    "function sigmoidBackward(dY: Tensor, X: Tensor): Tensor {\n  /// BEGIN SOLUTION\n  const Y = sigmoid(X);\n  return dY.mul(Y).mul(sub(1, Y));\n  /// END SOLUTION\n}",
  ),
  cell("test", "1a", 'await exercise("1a").grade()', 2),
]);

/** What grading the exercise comes to with this function, in a notebook of this student, with an output in it. */
function gradeExercise(backward: string | undefined, name = "ada", output = {}): Promise<Result> {
  const who = `student(${JSON.stringify(name)})`;
  const submission = solved(graded, { who, backward: backward ?? graded.cells[2].source });
  submission.cells[2].outputs = [{ output_type: "execute_result", data: output }];
  const source = readNotebook(JSON.stringify(graded));
  const work = { key: "k", student: "ada", assignment: "hw", notebook: "hw.ipynb", source, patience };
  return bench.grade({ ...work, submission: readNotebook(JSON.stringify(submission)) });
}

test("an exercise is graded by its own checks, and its report is kept", async () => {
  const { earned, flags } = await gradeExercise(undefined);
  expect([earned, flags]).toEqual([2, []]);
  const wrong = await gradeExercise(
    "const sigmoidBackward = (dY: Tensor, X: Tensor): Tensor => dY.mul(sigmoid(X));",
  );
  expect(wrong.earned).toBe(0);
  expect(wrong.marks[0].reports).toMatchObject([
    { checks: [{ mistake: "σ only", hint: "σ′ is σ (1 − σ)" }] },
  ]);
  expect(feedbackPage(wrong)).toContain("σ′ is σ (1 − σ)");
});

test("another owner is flagged, and costs nothing", async () => {
  const { earned, flags } = await gradeExercise(undefined, "bob");
  expect([earned, flags]).toEqual([2, ["The notebook says it is bob's, and was handed in by ada"]]);
});

test("an output that was made for somebody else is listed, and costs nothing", async () => {
  student("bob b.");
  exercise("1a", { points: 2 }).gradient(sigmoid, "sigmoidBackward", [[2, 3]]);
  const output = exercise("1a").toMimeBundle();
  const { earned, flags } = await gradeExercise(undefined, "ada", output);
  expect([earned, flags]).toEqual([2, ["An output in it was made for bob b."]]);
  const own = await gradeExercise(undefined, "bob b.", output);
  expect(own.flags).toEqual(["The notebook says it is bob b.'s, and was handed in by ada"]);
});

test.each([
  ["by vjp", "const sigmoidBackward = (dY: Tensor, X: Tensor): Tensor => vjp(sigmoid(X), X, dY);"],
  [
    "in a getter that is read after the call",
    `class Late extends Tensor {
  from: any;
  get data(): any { const Y = sigmoid(this.from[1]); return vjp(Y, this.from[1], this.from[0]).data; }
}
const sigmoidBackward = (dY: Tensor, X: Tensor): Tensor => {
  const late: any = new (Late as any)([...X.shape], new Float64Array(X.size));
  late.from = [tensor(dY.toArray()), tensor(X.toArray())];
  return late;
};`,
  ],
  [
    "after a promise",
    "const sigmoidBackward: any = async (dY: Tensor, X: Tensor) => { await null; return vjp(sigmoid(X), X, dY); };",
  ],
])("what is to be derived by hand is not derived by the library %s", async (_, backward) => {
  expect((await gradeExercise(backward)).earned).toBe(0);
});

test.each([
  ["fine", [], /^$/],
  ["no points", [cell("test", "t", "1")], /t: a graded cell has no points/],
  ["a name twice", [cell("given", "data", "1")], /The name data is there twice/],
  [
    "an import of a file beside it",
    [cell("plain", "open", 'import { x } from "./x.ts"')],
    /Cannot import \.\/x\.ts: a graded notebook stands alone/,
  ],
  [
    "half a statement",
    [
      cell(
        "solution",
        "half",
        "const half = (x: number) =>\n  /// BEGIN SOLUTION\n  x / 2\n  /// END SOLUTION",
      ),
    ],
    /half of the release does not compile: .*must be whole statements/,
  ],
  [
    "hidden tests that are handed out",
    [cell("plain", "open", "/// BEGIN HIDDEN TESTS\n1\n/// END HIDDEN TESTS")],
    /students would get them/,
  ],
  [
    "a region without an end",
    [cell("test", "t", "/// BEGIN HIDDEN TESTS\n1", 1)],
    /BEGIN HIDDEN TESTS without END/,
  ],
  [
    "points for nothing",
    [cell("test", "t", "0.5", 1)],
    /t: a release that nobody has touched has 0.5 points/,
  ],
  [
    "a solution that fails",
    [cell("test", "t", 'throw new Error("no")', 1)],
    /t: the source's own solution has 0 of 1 points/,
  ],
])("lint tells of a source with %s", async (_, more, told) => {
  const own = readNotebook(JSON.stringify(notebook([...homework.cells, ...more])));
  expect((await lint(own, bench)).join("\n")).toMatch(told);
});

test("the same work gives the same result, letter by letter", async () => {
  const submission = solved(homework, { ...GOOD, count: "const answer = 41;" });
  expect(JSON.stringify(await grade(submission))).toBe(JSON.stringify(await grade(submission)));
});
