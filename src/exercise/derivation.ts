/** Exercises whose answer is a chain of lines: each must equal the line before, and the first that does not is named. */

import { compared } from "../check/check.ts";
import { type Expr, FormulaError } from "../check/grammar.ts";
import { formulaText, short } from "../check/write.ts";
import type { Datum } from "./datum.ts";
import {
  type Asked,
  confirm,
  type FormulaOptions,
  foreign,
  NOTHING,
  namesOf,
  reading,
  type Setting,
  textOf,
  told,
} from "./formula.ts";
import { type Found, failed, known, passed } from "./judge.ts";
import type { Mistake, Part, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** Options of a derivation. */
export interface DerivationOptions extends FormulaOptions {
  /** What the first line starts from, where that is not the target itself: `∂J/∂x_ij`. */
  readonly from?: string;
  /** How many lines it takes at least (default 2). */
  readonly lines?: number;
}

export function derivationPart(target: string, setting: Setting, options: DerivationOptions): Part {
  const { weight = 1, using } = options;
  return {
    of: target,
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const check = `the derivation of ${target}`;
      const answer = yield { ask: "answer", exercise: run.exercise };
      if (answer.kind === "missing") {
        const example = `exercise("${run.exercise}").answer(["${target} = …", "= …"])`;
        return {
          check,
          verdict: "open",
          credit: 0,
          step: "exists",
          message: `There are no lines yet: give them with ${example}`,
        };
      }
      const lines = answer.kind === "value" ? linesOf(answer.value) : null;
      if (lines === null)
        return { check, ...failed("type", "The answer must be a list of lines, each a text") };
      const asked = { target, names: namesOf(setting, run.draw), using };
      return { check, ...reading(() => judgeLines(lines, asked, options, run.mistakes)) };
    },
  };
}

/** A list of texts, or one text with a line each. */
function linesOf(datum: Datum): string[] | null {
  const texts =
    datum.kind === "text"
      ? datum.value.split("\n")
      : datum.kind === "list"
        ? datum.items.map((item) => (item.kind === "text" ? item.value : null))
        : null;
  if (texts === null || texts.includes(null)) return null;
  return texts.flatMap((line) => (line === null || line.trim() === "" ? [] : [line.trim()]));
}

function judgeLines(
  lines: readonly string[],
  asked: Asked,
  { from, lines: least = 2 }: DerivationOptions,
  mistakes: readonly Mistake[],
): Found {
  const { target, names } = asked;
  const start = from ?? target;
  const members = lines.flatMap((line, k) => membersOf(line, k, start, asked));
  if (members.length === 0 || members.length <= least) {
    const wanted = `${least} line${least === 1 ? "" : "s"} after ${start}`;
    return failed(
      "value",
      `A derivation of ${target} takes at least ${wanted}, and this has ${Math.max(0, members.length - 1)}`,
    );
  }
  const source = members.map(({ text }) => text).join(" = ");
  return compared(source, names, NOTHING, ({ claims, trials: compare }) => {
    const [chain] = claims;
    if (formulaText(chain[0].expr) !== textOf(start, names))
      return failed(
        "type",
        `The first line must start from ${start}, and starts from ${short(chain[0].expr)}`,
      );
    const repeated = chain.findIndex(
      ({ expr }, k) => k > 0 && formulaText(expr) === formulaText(chain[k - 1].expr),
    );
    if (repeated > 0)
      return failed("value", `Line ${members[repeated].line} says the same as the one before`);
    const trials = compare();
    const wrong = trials.misfit ?? trials.failure;
    const k = wrong === null ? -1 : trials.equations.indexOf(wrong.equation);
    // The first wrong line counts, whichever point shows it.
    const first = trials.outcomes
      .filter(({ comparison }) => comparison.kind !== "agreement")
      .reduce(
        (least, { equation }) => Math.min(least, trials.equations.indexOf(equation)),
        k < 0 ? Number.POSITIVE_INFINITY : k,
      );
    if (Number.isFinite(first)) {
      const { line } = members[first + 1];
      const outcome = trials.outcomes.find(
        ({ equation, comparison }) => equation === trials.equations[first] && comparison.kind !== "agreement",
      );
      const failure = outcome ?? wrong;
      const why =
        failure === null || failure.comparison.kind === "agreement"
          ? null
          : told({ ...failure, comparison: failure.comparison });
      const message = `Line ${line} is the first wrong one: ${why?.message ?? "it does not follow from the line before"}`;
      const written = formulaText(chain[first + 1].expr);
      const mistake = known(mistakes, ({ wrong: other }) => isWritten(other, written, names));
      return failed("value", message, { ...mistake });
    }
    confirm(trials);
    const last = foreign(chain[chain.length - 1].expr, asked) ?? sumIn(chain[chain.length - 1].expr);
    if (last !== null)
      return failed(
        "value",
        `Every line follows from the one before, but the last is not the answer: ${last}`,
      );
    return passed(`All ${chain.length - 1} lines hold at all random points`);
  });
}

function sumIn(expr: Expr): string | null {
  return expr.kind === "sum" ? "it still has a sum over an index; write it with matrices" : null;
}

function isWritten(other: unknown, written: string, names: Asked["names"]): boolean {
  return typeof other === "string" && textOf(other, names) === written;
}

/** The sides in a line; a left side that repeats the start is left out after the first line. */
function membersOf(
  line: string,
  k: number,
  start: string,
  { names }: Asked,
): { text: string; line: number }[] {
  const texts = line
    .replace(/^=|=$/g, "")
    .split(/(?<![<>≤≥:])=/)
    .map((text) => text.trim());
  if (texts.includes("")) throw new FormulaError(`Line ${k + 1} has nothing on one side of =`, line, 0);
  const parts = texts.map((text) => {
    try {
      return { text, written: textOf(text, names), line: k + 1 };
    } catch (error) {
      if (error instanceof FormulaError)
        throw new FormulaError(`Line ${k + 1}: ${error.message.split("\n")[0]}`, text, error.position);
      throw error;
    }
  });
  const own = textOf(start, names);
  return parts.filter(({ written }, i) => !(k > 0 && i === 0 && parts.length > 1 && written === own));
}
