/** What a session knows of its exercises: their declarations, the student's answers, and how they stand. */

import type { Tensor } from "../tensor/tensor.ts";
import { drawFor, type Given, givenAt } from "./draw.ts";
import type { Part } from "./part.ts";
import type { Report } from "./report.ts";
import type { RemoteStudent, Student } from "./student.ts";
import { lookupHere, studentIn } from "./student.ts";

/** An exercise as it was declared. */
export interface Declared {
  readonly id: string;
  title: string;
  points: number;
  inputs: Readonly<Record<string, Given>>;
  /** The checks that a student may run. */
  open: Part[];
  /** The checks that count, if there are any; release strips them. */
  hidden: Part[];
  /** What the student's last public checks came to. */
  report: Report | null;
  /** For whom the student's inputs were drawn. */
  drawnFor: string | null;
}

/** Who is graded, and from which seed the inputs come that nobody knows before. */
export interface Grader {
  readonly student: Student | RemoteStudent;
  readonly owner: string | null;
  readonly seed: string;
}

const exercises = new Map<string, Declared>();
const answers = new Map<string, unknown>();
let owner: string | null = null;
let grader: Grader | null = null;

/** All exercises, in the order of their declaration. */
export function declared(): readonly Declared[] {
  return [...exercises.values()];
}

export function find(id: string): Declared | undefined {
  return exercises.get(id);
}

/** The exercise of this name, new if there is none. */
export function declare(id: string): Declared {
  const known = exercises.get(id);
  if (known !== undefined) return known;
  const fresh: Declared = {
    id,
    title: "",
    points: 1,
    inputs: {},
    open: [],
    hidden: [],
    report: null,
    drawnFor: null,
  };
  exercises.set(id, fresh);
  return fresh;
}

export function setOwner(name: string): void {
  owner = name;
}

/** Whose notebook this is; `null` before `student("…")`. */
export function ownerHere(): string | null {
  return grader === null ? owner : grader.owner;
}

export function setAnswer(id: string, answer: unknown): void {
  answers.set(id, answer);
}

/** The student of this session. */
export const studentHere: Student = studentIn({
  lookup: lookupHere,
  answerTo: (id) => answers.get(id),
  get owner() {
    return owner;
  },
});

/** Has `grade` ask another student than the one of this session; `null` ends it. */
export function connectGrader(to: Grader | null): void {
  grader = to;
}

export function graderHere(): Grader | null {
  return grader;
}

/** The inputs that an exercise gives to a student. */
export function inputsOf({ id, inputs }: Declared, of: string | null): Record<string, Tensor> {
  const draw = drawFor("inputs", of ?? "", id);
  return Object.fromEntries(
    // The inputs of a student are tensors.
    Object.entries(inputs).map(([name, given]) => [name, (givenAt(given, draw.at(name)) as Tensor).as(name)]),
  );
}

/** Forgets everything, for tests and for the next notebook of a grader. */
export function forgetExercises(): void {
  exercises.clear();
  answers.clear();
  owner = null;
  grader = null;
}
