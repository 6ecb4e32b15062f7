/** Exercises whose answer is a chain of lines: each must equal the line before, and the first that does not is named. */

import { compared } from "../check/check.ts";
import { type Expr, FormulaError, walk } from "../check/grammar.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { Datum } from "./datum.ts";
import {
  type Asked,
  confirm,
  type FormulaOptions,
  foreign,
  LONGEST,
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
    kind: "derivation",
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
      if (lines !== null && lines.join().length > LONGEST)
        return { check, ...failed("type", "The derivation is too long") };
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

/** A side of the chain. */
interface Side {
  readonly text: string;
  /** In the signs of the lecture, however it was written. */
  readonly written: string;
  readonly line: number;
}

function judgeLines(
  lines: readonly string[],
  asked: Asked,
  { from, lines: least = 2 }: DerivationOptions,
  mistakes: readonly Mistake[],
): Found {
  const { target, names } = asked;
  const start = from ?? target;
  const chain = lines.flatMap((line, k) => sidesOf(line, k, start, asked));
  if (chain[0]?.written !== textOf(start, names))
    return failed("type", `The first line must start from ${start}, as in ${start} = …`);
  if (chain.length <= least) {
    const wanted = `${least} line${least === 1 ? "" : "s"} after ${start}`;
    return failed(
      "value",
      `A derivation of ${target} takes at least ${wanted}, and this has ${chain.length - 1}`,
    );
  }
  for (const [k, side] of chain.slice(1).entries()) {
    const why = side.written === chain[k].written ? "it says the same" : stepFrom(chain[k], side, asked);
    if (why === null) continue;
    const mistake = known(mistakes, ({ wrong }) => isWritten(wrong, side.written, names));
    return failed(
      "value",
      `Line ${side.line} is the first that does not follow from the one before: ${why}`,
      {
        ...mistake,
      },
    );
  }
  const last = chain[chain.length - 1];
  const surplus = compared(
    last.text,
    names,
    NOTHING,
    ({ claims: [[{ expr }]] }) => foreign(expr, asked) ?? sumIn(expr),
  );
  if (surplus !== null)
    return failed(
      "value",
      `Every line follows from the one before, but the last is not the answer: ${surplus}`,
    );
  return passed(`All ${chain.length - 1} lines hold at all random points`);
}

/** Why a line does not follow from another; `null` if it does. */
function stepFrom(before: Side, after: Side, { names }: Asked): string | null {
  try {
    return compared(`${before.text} = ${after.text}`, names, NOTHING, ({ trials: compare }) => {
      const trials = compare();
      const failure = trials.misfit ?? trials.failure;
      if (failure !== null) return told(failure).message;
      confirm(trials);
      return null;
    });
  } catch (error) {
    // Letters that would have two lengths, shapes that do not fit.
    if (error instanceof FormulaError || error instanceof ShapeError) return error.message.split(/[\n;]/)[0];
    throw error;
  }
}

function sumIn(expr: Expr): string | null {
  let found = false;
  walk(expr, ({ kind }) => {
    if (kind === "sum" || kind === "entry") found = true;
  });
  return found ? "it still speaks of single entries; write it with matrices" : null;
}

function isWritten(other: unknown, written: string, names: Asked["names"]): boolean {
  return typeof other === "string" && textOf(other, names) === written;
}

/** The sides in a line; a left side that repeats the start is left out after the first line. */
function sidesOf(line: string, k: number, start: string, { names }: Asked): Side[] {
  const texts = line
    .replace(/^=|=$/g, "")
    .split(/(?<![<>≤≥:])=/)
    .map((text) => text.trim());
  const sides = texts.map((text): Side => {
    try {
      return { text, written: textOf(text, names), line: k + 1 };
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      throw new FormulaError(`Line ${k + 1}: ${error.message.split("\n")[0]}`, text, error.position);
    }
  });
  const own = textOf(start, names);
  return sides.filter(({ written }, i) => !(k > 0 && i === 0 && sides.length > 1 && written === own));
}
