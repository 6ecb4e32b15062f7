/** Runs the checks of an exercise on work that stands in a test, in place of a notebook's variables. */
import { askHere, type Checking, checking, find, type Report, studentIn } from "../../src/exercise/index.ts";

export interface Work {
  readonly [name: string]: unknown;
}

export function checked(
  id: string,
  work: Work,
  how: Partial<Checking> & { readonly answer?: unknown; readonly says?: string } = {},
): Report {
  const { answer, says, ...rest } = how;
  const exercise = find(id);
  if (exercise === undefined) throw new Error(`There is no exercise ${id}`);
  const student = studentIn({ lookup: (name) => work[name], answerTo: () => answer, owner: says ?? null });
  return askHere(checking(exercise, { audience: "public", ...rest }), student);
}
