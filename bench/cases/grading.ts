/** Grading a class without nbgrader, on all cores: a notebook of ten exercises, each student's a little different. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "../case.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** The sandbox that the set-up brings where the machine has none. */
const BWRAP = join(ROOT, ".cache", "debian", "usr", "bin", "bwrap");

interface Cell {
  source: string | string[];
  metadata: { nbgrader?: { solution?: boolean; points?: number } };
}

interface Notebook {
  cells: Cell[];
}

const sourceOf = (cell: Cell): string => [cell.source].flat().join("");

function readSource(name: string): Notebook {
  const file = join(ROOT, "notebooks", "homework", "source", name, `${name}.ipynb`);
  return JSON.parse(readFileSync(file, "utf8")) as Notebook;
}

/** The eight exercises of the first homework, and two of the second. */
function tenExercises(): Notebook {
  const [first, { cells: more }] = [readSource("01-elementwise"), readSource("02-reductions")];
  const [from, to] = ["## 2a", "## 2c"].map((title) =>
    more.findIndex((cell) => sourceOf(cell).startsWith(title)),
  );
  return { ...first, cells: [...first.cells, ...more.slice(from, to)] };
}

/** A class in which everybody has the source's solutions, and a remark of their own in each. */
function makeCourse(students: number): { readonly folder: string; readonly points: number } {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-bench-"));
  const source = tenExercises();
  mkdirSync(join(folder, "source", "hw"), { recursive: true });
  writeFileSync(join(folder, "source", "hw", "hw.ipynb"), JSON.stringify(source));
  for (let k = 0; k < students; k++) {
    const notebook = structuredClone(source);
    for (const cell of notebook.cells) {
      if (cell.metadata.nbgrader?.solution) cell.source = `${sourceOf(cell)}\n// ${k}`;
    }
    const place = join(folder, "submitted", `student-${k}`, "hw");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "hw.ipynb"), JSON.stringify(notebook));
  }
  const points = source.cells.reduce((sum, { metadata }) => sum + (metadata.nbgrader?.points ?? 0), 0);
  return { folder, points };
}

function grade(course: string): Promise<void> {
  rmSync(join(course, "graded"), { recursive: true, force: true });
  const command = [join(ROOT, "kernel", "bin", "gradbook.js"), "grade", course];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...(existsSync(BWRAP) && { GRADBOOK_BWRAP: BWRAP }) };
    const child = spawn(process.execPath, command, { env, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint += text;
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`gradbook grade ended with ${code}: ${complaint.split("\n")[0]}`));
    });
  });
}

/** Throws unless everybody has all points: what is fast and wrong is not measured. */
function checkMarks(course: string, students: number, points: number): void {
  const marks = JSON.parse(readFileSync(join(course, "graded", "hw", "marks.json"), "utf8")) as {
    earned: number;
  }[];
  const right = marks.filter(({ earned }) => earned === points).length;
  if (right !== students) throw new Error(`${right} of ${students} notebooks have all ${points} points`);
}

/** 1,000 notebooks in five minutes on two cores, told by a class; GRADBOOK_CLASS=1000 grades all of them. */
const EACH = 0.3;
const CLASS = Number(process.env.GRADBOOK_CLASS) || 100;

export default [
  {
    title: "Grading a class of notebooks",
    unit: "s",
    isWall: true,
    sizes: { of: "students", values: [CLASS] },
    rivals: {
      Gradbook: (_, size) => {
        const { folder, points } = makeCourse(size);
        const work = async (): Promise<void> => {
          await grade(folder);
          checkMarks(folder, size, points);
        };
        return { work };
      },
    },
    goals: [{ of: "Gradbook", at: CLASS, atMost: EACH * CLASS }],
  },
] satisfies Case[];
