/** The parts of the `gradbook` command that grade. */

import { parseArgs } from "node:util";
import { LISTS } from "../queue/lists.ts";
import { findSandbox } from "../sandbox/bubblewrap.ts";

export const HELP = `Usage: gradbook grade FOLDER [options]

FOLDER is a course, with source/ASSIGNMENT/*.ipynb and submitted/STUDENT/ASSIGNMENT/*.ipynb as nbgrader has them,
or with --source a folder of submissions.

Options:
  --assignment NAME   just this assignment
  --source FILE       the source notebook, with solutions and hidden tests
  --output DIR        where marks, feedback and overview go (FOLDER/graded)
  --processes N       how many notebooks at once (as many as there are cores)
  --queue URL         by workers at a queue in Redis or Valkey: gradbook grade-worker --queue redis://HOST
  --list FORM         print the work instead, for a batch system: lines, slurm or kubernetes`;

/** Runs a command that grades; returns its exit code. */
export async function command(name: string, args: readonly string[]): Promise<number> {
  switch (name) {
    case "grade":
      return gradeCommand(args);
    case "grade-one": {
      const { gradeOne } = await import("./grade.ts");
      if (args[0] === undefined)
        throw new Error("Cannot grade one: name the file of jobs, as in grade-one FILE N");
      return gradeOne(args[0], args[1]);
    }
    case "grade-worker":
      return workerCommand(args);
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
      queue: { type: "string" },
      list: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const { assignment, source, output, queue } = values;
  const processes = readCount(values.processes);
  const list = LISTS.find((form) => form === values.list);
  if (values.list !== undefined && list === undefined) {
    throw new Error(`Cannot list the work as ${values.list}: choose ${LISTS.join(", ")}`);
  }
  const { grade } = await import("./grade.ts");
  return grade({
    folder,
    ...(assignment !== undefined && { assignment }),
    ...(source !== undefined && { source }),
    ...(output !== undefined && { output }),
    ...(processes !== undefined && { processes }),
    ...(queue !== undefined && { queue }),
    ...(list !== undefined && { list }),
  });
}

/** Grades for whoever asks at a queue, until somebody stops it. */
async function workerCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { queue: { type: "string" }, processes: { type: "string" } },
  });
  if (values.queue === undefined) {
    throw new Error("Cannot work: say at which queue, as in gradbook grade-worker --queue redis://localhost");
  }
  findSandbox();
  const { studentSnapshot } = await import("../student/snapshot.ts");
  const { workOnQueue } = await import("../queue/queue.ts");
  await studentSnapshot();
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
  console.log("Waiting for notebooks to grade; Ctrl-C stops it after those it has begun");
  await workOnQueue(values.queue, stop.signal, readCount(values.processes));
  return 0;
}

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`Cannot grade with ${text} processes: give a whole number above 0`);
}

/** What `gradbook doctor` tells about grading; throws a sentence where students' code cannot run. */
export function sandboxFound(): string {
  const { bubblewrap, walls } = findSandbox();
  return `${bubblewrap}, with ${walls.title}`;
}
