/** What must be said beside a ✓: that it holds for this J only, in one layout, or not at the session's numbers. */

import { dependsOn } from "../autodiff/tape.ts";
import { plainNumber } from "../numbers.ts";

import { compareSides } from "./compare-sides.ts";
import { describe } from "./describe.ts";
import { randomTrial, type Setting } from "./trial.ts";
import { holds, type Trials, valueless } from "./trials.ts";

/** The notes, as parts of a sentence. */
export function notesOn(trials: Trials): string[] {
  return [...ofThisJ(trials), ...ofLayout(trials), ...ofSession(trials)];
}

/**
 * A gradient dY that is one number at every point, as that of J = sum(Y), hides itself as a factor: where the formula
 * fails for a J with another dY, that is told.
 */
function* ofThisJ(trials: Trials): Generator<string> {
  const { setting, all, equations } = trials;
  const { labels, asked, objective } = setting;
  for (const [y, label] of labels) {
    const isBetween =
      !asked.includes(y) && asked.some((x) => dependsOn(y, x)) && !objective.some((end) => end.y === y);
    if (!isBetween) continue;
    const dY = all[0].gradient(y).data[0];
    if (!all.every((trial) => trial.gradient(y).data.every((entry) => entry === dY))) continue;
    const other: Setting = { ...setting, objective: [{ y, cotangent: null }] };
    const point = randomTrial(other, 0, () => true);
    const isGeneral =
      point !== null &&
      equations.every(
        (equation) =>
          compareSides(equation.a, equation.b, trials.scene(equation, point)).kind === "agreement",
      );
    if (!isGeneral) yield `d${label} is ${plainNumber(dY)} here, so this is true for this J only`;
  }
}

function* ofLayout({ slopes, layout }: Trials): Generator<string> {
  for (const slope of slopes) {
    const rows = layout === "numerator" ? slope.of : slope.by;
    const other = layout === "numerator" ? slope.by : slope.of;
    yield `${describe(slope)} in ${layout} layout: a row for each entry of ${describe(rows)}, a column for each of ${describe(other)}`;
  }
}

function* ofSession({ outcomes }: Trials): Generator<string> {
  for (const outcome of outcomes) {
    const doubt = outcome.trial.isSession && holds(outcome) ? valueless(outcome.comparison) : null;
    if (doubt === null) continue;
    const [left, right] = [doubt.left, doubt.right].map(plainNumber);
    const place =
      doubt.entry === "its value" ? "" : ` in ${doubt.entry}: ${left} on the left, ${right} on the right`;
    yield `at the numbers of this session it has no value${place}`;
  }
}
