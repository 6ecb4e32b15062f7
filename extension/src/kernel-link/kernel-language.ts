/** What the kernel's TypeScript says about code that was not run: its problems, and the call at the cursor. */
import type { JSONObject, JSONValue } from "@lumino/coreutils";
import type { CommRequests, Question } from "./comm-requests.ts";

/** One problem in a cell. Lines and columns count from 1, columns in UTF-16 units. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The sentence that running the cell would give. */
  readonly message: string;
  /** TypeScript's number, such as 2322. */
  readonly code: number;
  readonly category: "error" | "warning";
  /** The local file that holds the problem, where that is not the cell. */
  readonly file: string | undefined;
  /** Ways out, the likeliest first. */
  readonly fixes: readonly Fix[];
}

/** A way out of a problem: the text of the range is replaced. */
export interface Fix {
  readonly title: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** A parameter: its place in the signature's label, and what is said about it. */
export interface Parameter {
  readonly start: number;
  readonly end: number;
  readonly documentation: string;
}

/** The function that is being called, as its declaration reads. */
export interface Signature {
  readonly label: string;
  readonly parameters: readonly Parameter[];
  /** The index of the parameter at the cursor; may lie past the last. */
  readonly active: number;
  readonly documentation: string;
}

/** Answers about code, also while a cell runs. Both reject as requests do. */
export interface KernelLanguage {
  diagnose(code: string): Promise<readonly Problem[]>;
  /** The call whose parentheses hold the cursor, a UTF-16 offset; null where there is none. */
  signature(code: string, cursor: number): Promise<Signature | null>;
}

/** How long an answer is worth waiting for, in milliseconds: TypeScript may first have to be loaded. */
const patience = 30_000;

/** Asks the comm target `gradbook.language`. */
export function createLanguage(requests: CommRequests): KernelLanguage {
  const ask = (question: Question) => requests.ask(question, { signal: AbortSignal.timeout(patience) });

  const diagnose = async (code: string): Promise<readonly Problem[]> => {
    const { diagnostics, obsolete } = await ask({ type: "diagnose", code });
    // The kernel looks at the newest text only: here, one that another page of the same notebook has sent.
    return obsolete === true ? diagnose(code) : listOf(diagnostics).map(readProblem);
  };

  let latest: Promise<unknown> = Promise.resolve();
  return {
    // One cell after the other, as the second question would take the place of the first.
    diagnose(code) {
      const answer = latest.then(() => diagnose(code));
      latest = answer.catch(() => {});
      return answer;
    },
    async signature(code, cursor) {
      const { signature } = await ask({ type: "signature", code, cursor });
      return isObject(signature) ? readSignature(signature) : null;
    },
  };
}

function readProblem(problem: JSONObject): Problem {
  return {
    ...readRange(problem),
    message: textOf(problem.message),
    code: numberOf(problem.code, 0),
    category: problem.category === "warning" ? "warning" : "error",
    file: typeof problem.file === "string" ? problem.file : undefined,
    fixes: listOf(problem.fixes).map((fix) => ({
      ...readRange(fix),
      title: textOf(fix.title),
      text: textOf(fix.text),
    })),
  };
}

function readRange(range: JSONObject): Pick<Problem, "line" | "column" | "endLine" | "endColumn"> {
  const line = numberOf(range.line, 1);
  const column = numberOf(range.column, 1);
  return {
    line,
    column,
    endLine: numberOf(range.endLine, line),
    endColumn: numberOf(range.endColumn, column),
  };
}

function readSignature({ label, parameters, active, documentation }: JSONObject): Signature {
  return {
    label: textOf(label),
    parameters: listOf(parameters).map((parameter) => ({
      start: numberOf(parameter.start, 0),
      end: numberOf(parameter.end, 0),
      documentation: textOf(parameter.documentation),
    })),
    active: numberOf(active, 0),
    documentation: textOf(documentation),
  };
}

function isObject(value: JSONValue | undefined): value is JSONObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: JSONValue | undefined): readonly JSONObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function numberOf(value: JSONValue | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function textOf(value: JSONValue | undefined): string {
  return typeof value === "string" ? value : "";
}
