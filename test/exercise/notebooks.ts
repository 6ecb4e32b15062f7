/** The homework notebooks as tests use them: their declarations, and the work of somebody who has solved them. */
import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { basename, join } from "node:path";
import {
  type Answer,
  askHere,
  type Checking,
  checking,
  type Declared,
  find,
  fromDatum,
  type Question,
  type Report,
  studentHere,
  studentIn,
} from "../../src/exercise/index.ts";
import * as gradbook from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../notebooks/homework/source");

export interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata: {
    readonly gradbook?: { readonly exercise: string; readonly role: "declaration" | "solution" | "marks" };
    readonly nbgrader?: Readonly<Record<string, unknown>>;
  };
}

/** The paths of all homework notebooks, in order. */
export const homework: readonly string[] = globSync("*/*.ipynb", { cwd: folder })
  .sort()
  .map((path) => join(folder, path));

export const titleOf = (path: string): string => basename(path, ".ipynb");

export function cellsOf(path: string): Cell[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { cells: Cell[] }).cells;
}

export const sourceOf = ({ source }: Cell): string => (typeof source === "string" ? source : source.join(""));

/** Runs code as a cell would, and answers what it declares at its top. */
function run(code: string, work: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const names = [...code.matchAll(/^(?:async )?function (\w+)|^(?:const|let) (\w+)/gm)].map(
    ([, f, x]) => f ?? x,
  );
  const scope = { ...gradbook, ...work };
  const plain = stripTypeScriptTypes(code, { mode: "strip" });
  const known = Object.keys(scope).filter((name) => !names.includes(name) && name !== "default");
  const body = `"use strict"; ${plain}\nreturn { ${names.join(", ")} };`;
  return new Function(...known, body)(...known.map((name) => scope[name as keyof typeof scope]));
}

/** Declares all exercises of a notebook, with the checks that count. */
export function declare(path: string): void {
  const roles = cellsOf(path).filter(({ metadata }) =>
    /^(declaration|marks)$/.test(metadata.gradbook?.role ?? ""),
  );
  for (const cell of roles) run(sourceOf(cell).replace(/^await .*$/m, ""));
}

/** Runs the solutions of a notebook, and answers what they declare. */
export function solve(path: string): Record<string, unknown> {
  const own = cellsOf(path).filter(
    ({ cell_type, metadata }) =>
      cell_type === "code" && !/^(declaration|marks)$/.test(metadata.gradbook?.role ?? ""),
  );
  return run(own.map(sourceOf).join("\n"));
}

/** Runs the checks of an exercise on some work, and on the answers of this session. */
export function judged(
  id: string,
  work: Readonly<Record<string, unknown>>,
  how: Partial<Checking> & { readonly answer?: unknown } = {},
): Report {
  const { answer, ...rest } = how;
  const exercise = find(id);
  if (exercise === undefined) throw new Error(`There is no exercise ${id}`);
  const own = studentIn({ lookup: (name) => work[name], answerTo: () => answer, owner: null });
  const isHere = ({ ask }: Question): boolean =>
    ask === "owner" || (ask === "answer" && answer === undefined);
  const student = {
    answer: (question: Question): Answer => (isHere(question) ? studentHere : own).answer(question),
  };
  return askHere(checking(exercise, { audience: "graded", seed: "test", ...rest }), student);
}

/** The work of somebody who makes a known mistake in an exercise that this session has solved. */
export function mistaken(
  { id, inputs }: Declared,
  { kind, of }: Declared["open"][number],
  wrong: unknown,
): { work: Record<string, unknown>; answer?: unknown } {
  const ofInputs = (): unknown =>
    typeof wrong === "function" && Object.keys(inputs).length > 0
      ? wrong(gradbook.exercise(id).inputs)
      : wrong;
  switch (kind) {
    case "value":
      return { work: { [of]: ofInputs() } };
    case "computation":
      return { work: { [of]: ofInputs() } };
    case "function":
    case "gradient":
    case "Jacobian":
      return { work: { [of]: wrong } };
    case "derivation": {
      // One line of a right derivation is the mistake, and everything after it is lost.
      const lines = answerHere(id) as string[];
      const [start] = lines[0].split("=");
      return { work: {}, answer: [`${start} = ${wrong}`, ...lines.slice(1)] };
    }
    case "corrections": {
      // One line is mended wrongly, all others as they should be.
      const lines = Object.entries(answerHere(id) as Record<string, string>);
      const isSame = (line: string): boolean => line.split("=")[0] === `${wrong}`.split("=")[0];
      const answer = Object.fromEntries(lines.map(([k, line]) => [k, isSame(line) ? wrong : line]));
      return { work: {}, answer };
    }
    default:
      return { work: {}, answer: ofInputs() };
  }
}

/** What this session has answered. */
export function answerHere(id: string): unknown {
  const answer = studentHere.answer({ ask: "answer", exercise: id });
  return answer.kind === "value" ? fromDatum(answer.value) : undefined;
}
