/** Forty students of `homework.ts`, with every kind of fault in what they hand in, and the marks that each must get. */

import { cell, type RawCell, type RawNotebook, solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";

export interface Student {
  readonly name: string;
  readonly notebook: RawNotebook | string;
  /** The points of backward, count and slope; `null` for a file that cannot be read. */
  readonly marks: readonly [number, number, number] | null;
  /** What a person is told. */
  readonly told?: RegExp;
  /** The name of the file, where it is another one. */
  readonly file?: string;
}

const FULL = [2, 1, 2] as const;
const good = (): RawNotebook => solved(homework, GOOD);
const edited = (
  edit: (cells: RawCell[]) => void,
  solutions: Readonly<Record<string, string>> = {},
): RawNotebook => {
  const notebook = solved(homework, { ...GOOD, ...solutions });
  edit(notebook.cells);
  return notebook;
};
const at = (cells: readonly RawCell[], id: string): number => cells.findIndex((one) => one.id === id);
const marking = (one: RawCell): Record<string, unknown> => one.metadata.nbgrader as Record<string, unknown>;
const with_ = (solutions: Readonly<Record<string, string>>): RawNotebook =>
  solved(homework, { ...GOOD, ...solutions });

/** Work that differs in what it says. */
const WORK: readonly Omit<Student, "name">[] = [
  { notebook: good(), marks: FULL },
  {
    notebook: with_({
      backward:
        "const sigmoidBackward = (X: Tensor, dY: Tensor): Tensor => dY.mul(sigmoid(X)).mul(sigmoid(X.neg()));",
    }),
    marks: FULL,
  },
  {
    notebook: with_({ backward: GOOD.backward.replace("const Y", 'console.warn("hm"); const Y') }),
    marks: FULL,
  },
  { notebook: with_({ backward: GOOD.backward.replace("sub(1, Y)", "add(1, Y)") }), marks: [0, 1, 2] },
  { notebook: with_({ backward: GOOD.backward.replace("dY.mul(Y)", "Y") }), marks: [0, 1, 2] },
  { notebook: with_({ backward: "function sigmoidBackward() { return NaN }" }), marks: [0, 1, 2] },
  { notebook: with_({ backward: "function sigmoidBackward(X: Tensor { return X }" }), marks: [0, 1, 2] },
  { notebook: with_({ backward: "" }), marks: [0, 1, 2] },
  { notebook: with_({ count: "const answer = 41;" }), marks: [2, 0.5, 2] },
  { notebook: with_({ count: 'const answer = "42";' }), marks: [2, 0.5, 2] },
  { notebook: with_({ count: "const answer = NaN;" }), marks: [2, 0, 2] },
  { notebook: with_({ count: "let answer = 0;\nwhile (answer < 42) answer += 1;" }), marks: FULL },
  {
    notebook: with_({ slope: "const slope = (f: any, x: number) => (f(x + 1e-6) - f(x - 1e-6)) / 2e-6;" }),
    marks: FULL,
  },
  { notebook: with_({ slope: "const slope = () => { throw new Error('later') };" }), marks: [2, 1, 0] },
  { notebook: with_({ slope: "function slope(): number { return slope(); }" }), marks: [2, 1, 0] },
  { notebook: with_({ slope: "function slope(): number { while (true) {} }" }), marks: [2, 1, 0] },
  {
    notebook: with_({ count: "import process from 'node:process';\n(process as any).reallyExit(0);" }),
    marks: [2, 0, 2],
  },
  {
    notebook: with_({
      count: "const all: Float64Array[] = [];\nfor (;;) all.push(new Float64Array(1e8));",
    }),
    marks: [2, 0, 2],
  },
  {
    notebook: with_({ backward: "throw 1", count: "throw 2", slope: "throw 3" }),
    marks: [0, 0, 0],
  },
  {
    notebook: with_({
      count: "const allclose = () => true, Math = { abs: () => 0 };\nconst answer = 42;",
      backward: "const sigmoidBackward = (X: Tensor) => X;",
    }),
    marks: [0, 1, 2],
  },
];

/** Files that came back otherwise than they were handed out. */
const FAULTS: readonly Omit<Student, "name">[] = [
  {
    notebook: edited((cells) =>
      cells.splice(at(cells, "test-count"), 0, structuredClone(cells[at(cells, "test-backward")])),
    ),
    marks: FULL,
    told: /test-backward was there 2 times/,
  },
  {
    notebook: edited((cells) => cells.push(structuredClone(cells[at(cells, "count")]))),
    marks: FULL,
    told: /count was there 2 times/,
  },
  {
    notebook: edited((cells) => cells.splice(at(cells, "test-count"), 1)),
    marks: FULL,
    told: /test-count had been removed/,
  },
  {
    notebook: edited((cells) => cells.splice(at(cells, "count"), 1)),
    marks: [2, 0, 2],
    told: /count was missing/,
  },
  {
    notebook: edited((cells) => {
      cells[at(cells, "backward")].cell_type = "markdown";
    }),
    marks: FULL,
    told: /had become a markdown cell/,
  },
  {
    notebook: edited((cells) => {
      cells[at(cells, "test-slope")].cell_type = "markdown";
    }),
    marks: FULL,
  },
  { notebook: edited((cells) => cells.reverse()), marks: FULL, told: /another order/ },
  {
    notebook: edited((cells) => {
      marking(cells[at(cells, "backward")]).grade_id = "mine";
    }),
    marks: FULL,
    told: /backward had lost its name/,
  },
  {
    notebook: edited((cells) => {
      cells[at(cells, "slope")].metadata = {};
    }),
    marks: FULL,
    told: /slope had lost its name/,
  },
  {
    notebook: edited((cells) => {
      marking(cells[at(cells, "test-count")]).points = 100;
    }),
    marks: FULL,
    told: /other marks of grading/,
  },
  {
    notebook: edited((cells) => {
      Object.assign(marking(cells[at(cells, "test-count")]), { grade: false, locked: false });
    }),
    marks: FULL,
    told: /other marks of grading/,
  },
  {
    notebook: edited(
      (cells) => {
        cells[at(cells, "test-backward")].source = "3";
      },
      { backward: "" },
    ),
    marks: [0, 1, 2],
    told: /test-backward had been changed/,
  },
  {
    notebook: edited((cells) => {
      cells[at(cells, "data")].source = "const X0 = 0;";
    }),
    marks: FULL,
    told: /data had been changed/,
  },
  {
    notebook: edited((cells) => cells.unshift(cell("plain", "extra", "const half = 0.5;")), {
      count: "const answer = 84 * half;",
    }),
    marks: FULL,
  },
  {
    notebook: edited((cells) => {
      for (const one of cells) one.metadata = { nbgrader: "broken" };
    }),
    marks: FULL,
    told: /had lost its name/,
  },
  {
    notebook: {
      ...good(),
      metadata: { kernelspec: { name: "python3", language: "python", display_name: "Python" } },
    },
    marks: FULL,
    told: /asked for the kernel "python3"/,
  },
  { notebook: good(), file: "homework (1).ipynb", marks: FULL, told: /was taken for hw\.ipynb/ },
  { notebook: JSON.stringify(good()).slice(0, 2000), marks: null, told: /not a complete notebook/ },
  { notebook: "", marks: null, told: /it is empty/ },
  {
    notebook: { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 },
    marks: [0, 0, 0],
    told: /was missing/,
  },
];

export const students: readonly Student[] = [...WORK, ...FAULTS].map((student, k) => ({
  name: `student-${String(k + 1).padStart(2, "0")}`,
  ...student,
}));
