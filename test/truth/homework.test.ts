import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { declared, forgetExercises, reportText } from "../../src/exercise/index.ts";
import { exercise } from "../../src/index.ts";
import { captureName } from "../../src/session.ts";
import { failuresOver } from "../exercise/many-seeds.ts";
import { declare, homework, judged, mistaken, solve, titleOf } from "../exercise/notebooks.ts";
import { variants } from "../exercise/variants.ts";

afterAll(forgetExercises);

let mistakes = 0;

describe.each(homework.map((path) => ({ path, title: titleOf(path) })))("$title", ({ path }) => {
  beforeEach(() => {
    forgetExercises();
    declare(path);
  });

  test("its solutions earn all points, by the public checks and by those that count", () => {
    const work = solve(path);
    for (const [name, value] of Object.entries(work)) captureName(value, name);
    for (const { id, points } of declared()) {
      for (const audience of ["public", "graded"] as const) {
        const report = judged(id, work, { audience });
        expect(report.earned, JSON.stringify(report.checks)).toBe(points);
        expect(report.gradable).toBe(true);
      }
    }
  });

  test("nobody gets a point for nothing", () => {
    for (const { id } of declared()) {
      const report = judged(id, {});
      expect(report.earned).toBe(0);
      expect(report.checks.every(({ verdict }) => verdict === "open")).toBe(true);
    }
  });

  test("every known mistake is refused with its own hint, also where marks are given", () => {
    solve(path); // its answers are what derivations start from
    for (const exercise of declared()) {
      for (const part of [...exercise.open, ...exercise.hidden]) {
        for (const { name, wrong, hint } of part.mistakes) {
          mistakes += 1;
          for (const audience of ["public", "graded"] as const) {
            if (audience === "public" && !exercise.open.includes(part)) continue;
            const { work, answer } = mistaken(exercise, part, wrong);
            const report = judged(exercise.id, work, { audience, answer });
            const about = `${exercise.id} ${name}, ${audience}: ${JSON.stringify(report.checks)}`;
            expect(report.earned, about).toBeLessThan(exercise.points);
            const told = report.checks.find(({ verdict }) => verdict === "failed");
            expect(told, about).toMatchObject({ mistake: name, hint });
            for (const line of reportText(report, declared()).split("\n"))
              expect([...line].length, line).toBeLessThanOrEqual(83);
          }
        }
      }
    }
  });

  test("right work earns all points, however it is written", () => {
    for (const { id, points } of declared()) {
      expect(variants[id].length).toBeGreaterThanOrEqual(3);
      const { inputs } = exercise(id);
      for (const [k, { work, answer }] of variants[id].entries()) {
        for (const audience of ["public", "graded"] as const) {
          const report = judged(id, work?.(inputs) ?? {}, { audience, answer: answer?.(inputs) });
          expect(report.earned, `${id}, variant ${k + 1}: ${JSON.stringify(report.checks)}`).toBe(points);
        }
      }
    }
  });

  test("right work does not fail by bad luck with the inputs", () => {
    const { runs, failures } = failuresOver(path, 1000, 1002);
    expect(runs).toBeGreaterThan(0);
    expect(failures.slice(0, 3)).toEqual([]);
  });

  test("no hint is given for two mistakes of an exercise", () => {
    for (const { open, hidden } of declared()) {
      const names = [...open, ...hidden].flatMap((part) => part.mistakes.map(({ name }) => name));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test("there are at least 36 known mistakes", () => {
  expect(mistakes).toBeGreaterThanOrEqual(36);
});
