/** Grades notebooks one after the other: a compiler and a room that stay, and for each notebook students of its own. */

import type { CompiledCell } from "@gradbook/kernel/language/protocol";
import { readAnswer } from "gradbook/exercise";
import { Compiler } from "../compiler/compiler.ts";
import type { Answer, Shows } from "../data/data.ts";
import { type Cell, markingOf, type Notebook } from "../notebook/ipynb.ts";
import { type Rebuilt, rebuild } from "../notebook/rebuild.ts";
import { releasedCell } from "../notebook/release.ts";
import type { RoomOutcome, RoomQuestion } from "../room/messages.ts";
import { Room } from "../room/room.ts";
import { type Patience, Student } from "../student/student.ts";
import { type Plan, type PlannedCell, planOf, roleOf, theirsBefore } from "./plan.ts";
import type { FeedbackCell, Mark, Result, Shown } from "./result.ts";

/** What is graded, and whose it is. */
export interface Work {
  readonly key: string;
  readonly student: string;
  readonly assignment: string;
  readonly notebook: string;
  readonly source: Notebook;
  readonly submission: Notebook;
  readonly patience?: Patience;
}

export class Bench {
  /** The kernel's TypeScript, for whoever has code to compile besides. */
  readonly compiler: Compiler = new Compiler();
  readonly #room = new Room();
  readonly #plans = new WeakMap<Notebook, Promise<Plan>>();
  #closing: Promise<void> = Promise.resolve();

  /** The source made ready, once. */
  plan(source: Notebook): Promise<Plan> {
    let plan = this.#plans.get(source);
    if (!plan) {
      plan = planOf(source, this.compiler);
      this.#plans.set(source, plan);
    }
    return plan;
  }

  async grade(work: Work): Promise<Result> {
    const plan = await this.plan(work.source);
    const rebuilt = rebuild(work.source, work.submission);
    const side = new StudentSide(this.compiler, work.patience);
    this.#room.begin(plan.seed);
    this.#room.answering = (question) => side.answer(question);
    try {
      return await this.#grade(work, plan, rebuilt, side);
    } finally {
      // The next notebook need not wait until the walls around this one are down.
      await this.#closing;
      this.#closing = side.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.compiler.close(), this.#room.close(), this.#closing]);
  }

  async #grade(work: Work, plan: Plan, rebuilt: Rebuilt, side: StudentSide): Promise<Result> {
    const marks: Mark[] = [];
    const cells: FeedbackCell[] = [];
    const planned = inOrder(plan, rebuilt.notebook);
    for (const [cell, known] of planned) {
      const marking = markingOf(cell);
      let shown: Shown | undefined;
      if (cell.cell_type === "code") {
        const role = known?.role ?? roleOf(cell);
        // The tests see what stands in the notebook when they run, as they do in any notebook.
        if (known?.compiled) await this.#room.give(theirsBefore(plan, known.cell));
        if (role === "test" && known?.compiled) {
          const outcome = await this.#room.run(known.compiled);
          marks.push(markOf(cell, outcome));
          shown = shownOf(outcome);
        } else {
          shown = await side.run(cell.source, "work");
          if (known?.compiled) await this.#room.run(known.compiled);
        }
      }
      const isManual = (marking.grade === true && marking.solution === true) || marking.task === true;
      if (isManual) marks.push(manualMark(cell));
      cells.push(feedbackCell(cell, known, shown));
    }
    const usesExercises = marks.some(({ reports }) => reports !== undefined);
    const says = usesExercises ? await side.owner() : null;
    const isOther = says !== null && says !== work.student;
    const flags = isOther ? [`The notebook says it is ${says}'s, and was handed in by ${work.student}`] : [];
    for (const other of ownersIn(work.submission)) {
      if (other !== (says ?? work.student)) flags.push(`An output in it was made for ${other}`);
    }
    return resultOf(work, marks, { repairs: rebuilt.repairs, flags }, cells);
  }
}

/** Whose inputs the outputs in a file were made with: reports of exercises say so where nobody looks. */
function ownersIn({ cells }: Notebook): Set<string> {
  const reports = cells.flatMap(({ outputs = [] }) =>
    outputs.map(({ data }) => [(Object(data) as Record<string, unknown>)["text/markdown"]].flat().join("")),
  );
  const found = reports.flatMap((text) => [
    ...text.matchAll(/^\[inputs of\]: # "([\w%.~!*'()-]{1,300})"$/gm),
  ]);
  return new Set(found.flatMap(([, name]) => decoded(name)));
}

function decoded(name: string): string[] {
  try {
    return [decodeURIComponent(name)];
  } catch {
    return []; // not ours
  }
}

/** The rebuilt cells, each with the plan of the cell it stands for; a student's own cell has none. */
function inOrder(plan: Plan, notebook: Notebook): [Cell, PlannedCell | undefined][] {
  const bySource = new Map(plan.source.cells.map((cell) => [nameOf(cell), plan.cells.get(cell)]));
  return notebook.cells.map((cell) => [cell, isOwn(cell) ? undefined : bySource.get(nameOf(cell))]);
}

function nameOf(cell: Cell): string {
  return markingOf(cell).grade_id ?? `${cell.id ?? ""} ${cell.source}`;
}

function isOwn({ metadata }: Cell): boolean {
  return (metadata.gradbook as { own?: unknown } | undefined)?.own === true;
}

/** A test that throws gives nothing, one that ends with a number gives that, and any other gives all. */
function markOf(cell: Cell, { error, value, reports }: RoomOutcome): Mark {
  const { grade_id: id = "", points = 0 } = markingOf(cell);
  const reported = reports.length > 0 && { reports };
  // A check that came to nothing is nobody's fault who is graded.
  if (reports.some((report) => (Object(report) as { gradable?: unknown }).gradable === false)) {
    return { id, status: "manual", points, earned: 0, ...reported };
  }
  if (error)
    return {
      id,
      status: "graded",
      points,
      earned: 0,
      message: `${error.name}: ${error.message}`,
      ...reported,
    };
  const given = value === undefined ? points : Number.isNaN(value) ? 0 : value;
  const earned = Math.round(100 * Math.min(points, Math.max(0, given))) / 100;
  return { id, status: "graded", points, earned, ...reported };
}

function manualMark(cell: Cell): Mark {
  const { grade_id: id = "", points = 0 } = markingOf(cell);
  return { id, status: "manual", points, earned: 0 };
}

function shownOf({ shown, printed, error }: RoomOutcome): Shown {
  return {
    ...(printed !== "" && { printed }),
    ...(shown.length > 0 && { forms: shown }),
    ...(error && { error }),
  };
}

function feedbackCell(cell: Cell, known: PlannedCell | undefined, shown: Shown | undefined): FeedbackCell {
  const id = markingOf(cell).grade_id;
  const released = known?.role === "student" ? cell : releasedCell(cell);
  const isTheirs = known ? known.role === "student" && markingOf(cell).solution === true : isOwn(cell);
  return {
    type: cell.cell_type,
    source: isTheirs ? cell.source : released.source,
    ...(id !== undefined && { id }),
    ...(isTheirs && { own: true }),
    ...(shown && Object.keys(shown).length > 0 && { shown }),
  };
}

function resultOf(
  { key, student, assignment, notebook }: Work,
  marks: readonly Mark[],
  { repairs, flags: noted }: { readonly repairs: readonly string[]; readonly flags: readonly string[] },
  cells: readonly FeedbackCell[],
): Result {
  const graded = marks.filter(({ status }) => status === "graded");
  const sum = (list: readonly Mark[], field: "points" | "earned"): number =>
    Math.round(100 * list.reduce((total, mark) => total + mark[field], 0)) / 100;
  const flags = marks.flatMap(({ reports = [] }) =>
    reports.flatMap((report) => (Object(report) as { flags?: readonly string[] }).flags ?? []),
  );
  return {
    v: 1,
    key,
    student,
    assignment,
    notebook,
    earned: sum(marks, "earned"),
    points: sum(marks, "points"),
    manual: sum(marks, "points") - sum(graded, "points"),
    marks,
    repairs,
    flags: [...new Set([...noted, ...flags])],
    cells,
  };
}

/** The student's side of one notebook: as it is, and once more without derivatives where an exercise is by hand. */
export class StudentSide {
  readonly #notebook: ReturnType<Compiler["notebook"]>;
  readonly #ran: CompiledCell[] = [];
  readonly #free: Student;
  readonly #byHand: Student;
  #ranByHand = 0;
  #cells = 0;
  #printed = "";

  constructor(compiler: Compiler, patience?: Patience) {
    this.#notebook = compiler.notebook();
    this.#free = new Student(patience ? { patience } : {});
    this.#byHand = new Student({ byHand: true, ...(patience && { patience }) });
    this.#free.onPrint = (_, text) => {
      this.#printed = (this.#printed + text).slice(0, 20_000);
    };
  }

  /** Compiles a cell and runs it. */
  async run(source: string, shows: Shows = "all"): Promise<Shown> {
    this.#cells += 1;
    this.#printed = "";
    const compilation = await this.#notebook.compile(source, this.#cells);
    if (!compilation.ok) {
      const first = compilation.diagnostics.find(({ category }) => category === "error");
      return { error: { name: "TypeScriptError", message: `line ${first?.line}: ${first?.message}` } };
    }
    this.#ran.push(compilation.cell);
    const answer = await this.#free.run(compilation.cell, shows);
    return {
      ...(this.#printed !== "" && { printed: this.#printed }),
      ...("error" in answer ? { error: answer.error } : answer.shown && { forms: answer.shown as never }),
    };
  }

  /** Answers a question of the tests. */
  async answer(question: RoomQuestion): Promise<Answer | unknown> {
    switch (question.ask) {
      case "value":
        return this.#free.value(question.name);
      case "call":
        return this.#free.call(question.callee, question.args);
      case "exercise": {
        const asked = question.question as { byHand?: unknown };
        if (asked.byHand !== true) return this.#free.exercise(question.question);
        for (const cell of this.#ran.slice(this.#ranByHand)) await this.#byHand.run(cell, "nothing");
        this.#ranByHand = this.#ran.length;
        return this.#byHand.exercise(question.question);
      }
    }
  }

  /** Whose notebook it says it is. */
  async owner(): Promise<string | null> {
    const said = readAnswer(await this.#free.exercise({ ask: "owner" }));
    return said.kind === "value" && said.value.kind === "text" ? said.value.value : null;
  }

  /** Ends what runs now; what comes next starts again. */
  async interrupt(): Promise<void> {
    await Promise.all([this.#free.close(), this.#byHand.close()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#free.close(), this.#byHand.close()]);
  }
}
