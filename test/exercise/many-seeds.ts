/**
 * Whether right work ever fails by bad luck: every variant of every exercise, with the inputs of many students.
 * `node test/exercise/many-seeds.ts 1000` tries a thousand, `… 1000 05` those of one notebook;
 * the tests try some.
 */
import { declared, forgetExercises, type Report } from "../../src/exercise/index.ts";
import { exercise, student } from "../../src/index.ts";
import { declare, homework, judged, titleOf } from "./notebooks.ts";
import { variants } from "./variants.ts";

export interface Failure {
  readonly exercise: string;
  readonly variant: number;
  readonly seed: number;
  readonly report: Report;
}

/** All that fails of one notebook for seeds from `first` up to but without `last`. */
export function failuresOver(
  path: string,
  first: number,
  last: number,
): { runs: number; failures: Failure[] } {
  const failures: Failure[] = [];
  let runs = 0;
  forgetExercises();
  declare(path);
  for (let seed = first; seed < last; seed++) {
    const owner = `student ${seed}`;
    student(owner);
    for (const { id, points } of declared()) {
      const { inputs } = exercise(id);
      for (const [variant, { work, answer }] of variants[id].entries()) {
        runs += 1;
        const how = { audience: "graded", owner, seed: `${seed}`, answer: answer?.(inputs) } as const;
        const report = judged(id, work?.(inputs) ?? {}, how);
        if (report.earned !== points || !report.gradable)
          failures.push({ exercise: id, variant: variant + 1, seed, report });
      }
    }
  }
  return { runs, failures };
}

if (import.meta.main) {
  const seeds = Number(process.argv[2] ?? 1000);
  let [all, wrong] = [0, 0];
  for (const path of homework.filter((one) => titleOf(one).startsWith(process.argv[3] ?? ""))) {
    const { runs, failures } = failuresOver(path, 0, seeds);
    all += runs;
    wrong += failures.length;
    console.log(`${titleOf(path)}: ${runs} runs of right work, ${failures.length} false failures`);
    for (const { exercise: id, variant, seed, report } of failures.slice(0, 5))
      console.log(`  ${id}, variant ${variant}, seed ${seed}: ${JSON.stringify(report.checks)}`);
  }
  console.log(`${seeds} seeds, ${all} runs, ${wrong} false failures`);
  process.exitCode = wrong === 0 ? 0 : 1;
}
