/** The parts of the `gradbook` command that grade. */

import { parseArgs } from "node:util";
import { findSandbox } from "../sandbox/bubblewrap.ts";

export const HELP = `Usage: gradbook grade FOLDER [options]

FOLDER is a course, with source/ASSIGNMENT/*.ipynb and submitted/STUDENT/ASSIGNMENT/*.ipynb as nbgrader has them,
or with --source a folder of submissions.

Options:
  --assignment NAME   just this assignment
  --source FILE       the source notebook, with solutions and hidden tests
  --output DIR        where marks, feedback and overview go (FOLDER/graded)
  --processes N       how many notebooks at once (as many as there are cores)`;

/** Runs a command that grades; returns its exit code. */
export async function command(name: string, args: readonly string[]): Promise<number> {
  switch (name) {
    case "grade":
      return gradeCommand(args);
    case "homework": {
      const { homework } = await import("./homework.ts");
      return homework(args);
    }
    case "grader-kernel": {
      const { startGraderKernel } = await import("../kernel/start.ts");
      await startGraderKernel(args[0]);
      return 0;
    }
    default:
      throw new Error(`Cannot find the command ${name}: see gradbook --help`);
  }
}

async function gradeCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      assignment: { type: "string" },
      source: { type: "string" },
      output: { type: "string" },
      processes: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const { assignment, source, output } = values;
  const processes = values.processes === undefined ? undefined : Number(values.processes);
  if (processes !== undefined && !(Number.isInteger(processes) && processes > 0)) {
    throw new Error(`Cannot grade with ${values.processes} processes: give a whole number above 0`);
  }
  const { grade } = await import("./grade.ts");
  return grade({
    folder,
    ...(assignment !== undefined && { assignment }),
    ...(source !== undefined && { source }),
    ...(output !== undefined && { output }),
    ...(processes !== undefined && { processes }),
  });
}

/** What `gradbook doctor` tells about grading; throws a sentence where students' code cannot run. */
export function sandboxFound(): string {
  const { bubblewrap, walls } = findSandbox();
  return `${bubblewrap}, with ${walls.title}`;
}
