/** Exercises in which some of many lines are faulty: they are to be found, and each to be mended. */

import { compared } from "../check/check.ts";
import { FormulaError } from "../check/grammar.ts";
import { tautology } from "../check/mutations.ts";
import type { Names } from "../check/names.ts";
import { formulaText } from "../check/write.ts";
import { GradientError, ShapeError } from "../tensor/errors.ts";
import type { Datum } from "./datum.ts";
import { LONGEST, NOTHING, namesOf, reading, type Setting } from "./formula.ts";
import { type Found, failed, known, passed } from "./judge.ts";
import type { Mistake, Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** `lines` are equations, numbered from 1; which of them are faulty follows from checking them. */
export function correctionsPart(
  lines: readonly string[],
  setting: Setting,
  { weight = 1 }: PartOptions,
): Part {
  let faulty: ReadonlySet<number> | null = null; // found when it is first asked for
  return {
    kind: "corrections",
    of: "the faulty lines",
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const check = "the faulty lines";
      const answer = yield { ask: "answer", exercise: run.exercise };
      if (answer.kind === "missing") {
        const example = `exercise("${run.exercise}").answer({ 1: "dX = …" })`;
        return {
          check,
          verdict: "open",
          credit: 0,
          step: "exists",
          message: `There is no answer yet: give each faulty line by its number, as you would write it: ${example}`,
        };
      }
      const given = answer.kind === "value" ? correctionsIn(answer.value) : null;
      if (given === null)
        return {
          check,
          ...failed("type", "The answer must be an object with a text for each number of a line"),
        };
      const names = namesOf(setting, run.draw);
      faulty ??= new Set(lines.flatMap((line, k) => (holds(line, names) ? [] : [k])));
      const wrong = faulty;
      const found = reading(() => judgeCorrections(given, lines, wrong, names));
      if (found.verdict === "passed") return { check, ...found };
      const texts = [...given.values()].map((text) => written(text, names));
      const isGiven = ({ wrong }: Mistake): boolean =>
        typeof wrong === "string" && texts.includes(written(wrong, names));
      return { check, ...found, ...known(run.mistakes, isGiven) };
    },
  };
}

function correctionsIn(datum: Datum): ReadonlyMap<number, string> | null {
  if (datum.kind !== "record" || datum.entries.length > 100) return null;
  const found = new Map<number, string>();
  for (const [key, value] of datum.entries) {
    if (value.kind !== "text" || value.value.length > LONGEST || !/^\d+$/.test(key)) return null;
    found.set(Number(key) - 1, value.value);
  }
  return found;
}

function judgeCorrections(
  given: ReadonlyMap<number, string>,
  lines: readonly string[],
  faulty: ReadonlySet<number>,
  names: Names,
): Found {
  const [found, mended, problems]: [number[], number[], string[]] = [[], [], []];
  for (const [k, text] of given) {
    if (lines[k] === undefined) problems.push(`There is no line ${k + 1}`);
    else if (!faulty.has(k)) problems.push(`Line ${k + 1} is right as it stands`);
    else {
      found.push(k);
      const problem = problemWith(text, lines[k], names);
      if (problem === null) mended.push(k);
      else problems.push(`Line ${k + 1} is faulty, and your line ${problem}`);
    }
  }
  const accused = given.size - found.length;
  const credit = Math.max(0, (0.5 * found.length + 0.5 * mended.length - 0.5 * accused) / faulty.size);
  const count = `${found.length} of the faulty lines found, ${mended.length} mended`;
  if (problems.length === 0 && mended.length === faulty.size)
    return passed(`All faulty lines are found and mended`);
  const rest = problems.length === 0 ? "some are still hidden" : problems.join("; ");
  return failed("value", `${count}; ${rest}`, { credit });
}

/** What is wrong with a mended line; `null` if nothing is. */
function problemWith(text: string, line: string, names: Names): string | null {
  try {
    const [own, before] = [text, line].map((source) =>
      compared(source, names, NOTHING, ({ claims }) => claims),
    );
    if (own.length !== 1 || own[0].length < 2) return "is not an equation";
    if (tautology(own[0]) !== null) return "says nothing";
    if (formulaText(own[0][0].expr) !== formulaText(before[0][0].expr)) return "has another left side";
  } catch (error) {
    if (error instanceof FormulaError) return `cannot be read: ${error.message.split("\n")[0]}`;
    throw error;
  }
  return holds(text, names) ? null : "does not hold";
}

/** An equation in the signs of the lecture; as it stands where it cannot be read. */
function written(text: string, names: Names): string {
  try {
    return compared(text, names, NOTHING, ({ claims }) =>
      claims.map((members) => members.map(({ expr }) => formulaText(expr)).join(" = ")).join(", "),
    );
  } catch (error) {
    if (error instanceof FormulaError) return text;
    throw error;
  }
}

/** Whether an equation holds at all random points. */
function holds(source: string, names: Names): boolean {
  try {
    return compared(source, names, NOTHING, ({ trials: compare }) => {
      const trials = compare();
      return (trials.misfit ?? trials.failure ?? trials.inconclusive) === null;
    });
  } catch (error) {
    if (error instanceof FormulaError || error instanceof ShapeError || error instanceof GradientError)
      return false;
    throw error;
  }
}
