/** Grading a class without nbgrader, on all cores: a notebook of the course, each student's a little different. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "../case.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** The sandbox that the set-up brings where the machine has none. */
const BWRAP = join(ROOT, ".cache", "debian", "usr", "bin", "bwrap");
const NAME = "01-elementwise";
const SOURCE = join(ROOT, "notebooks", "homework", "source", NAME, `${NAME}.ipynb`);

interface Cell {
  source: string | string[];
  metadata: { nbgrader?: { solution?: boolean } };
}

/** A class in which everybody has the source's solutions, and a remark of their own in each. */
function makeCourse(students: number): string {
  const course = mkdtempSync(join(tmpdir(), "gradbook-bench-"));
  const text = readFileSync(SOURCE, "utf8");
  mkdirSync(join(course, "source", "hw"), { recursive: true });
  writeFileSync(join(course, "source", "hw", "hw.ipynb"), text);
  for (let k = 0; k < students; k++) {
    const notebook = JSON.parse(text) as { cells: Cell[] };
    for (const cell of notebook.cells) {
      if (cell.metadata.nbgrader?.solution) cell.source = `${[cell.source].flat().join("")}\n// ${k}`;
    }
    const folder = join(course, "submitted", `student-${k}`, "hw");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "hw.ipynb"), JSON.stringify(notebook));
  }
  return course;
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

/** 1,000 notebooks in five minutes on two cores, told by a class. */
const EACH = 0.3;
const CLASS = 40;

export default [
  {
    title: "Grading a class of notebooks",
    unit: "s",
    isWall: true,
    sizes: { of: "students", values: [CLASS] },
    rivals: {
      Gradbook: (_, size) => {
        const course = makeCourse(size);
        return { work: () => grade(course) };
      },
    },
    goals: [{ of: "Gradbook", at: CLASS, atMost: EACH * CLASS }],
  },
] satisfies Case[];
