/** Notebooks that are more alike than chance makes them. This is listed for a person, and never a verdict. */

import type { Result } from "../grade/result.ts";
import { mistakesOf } from "./items.ts";

/** A mistake that more than so many make is natural. */
const RARE = 4;

export function alikeIn(results: readonly Result[]): string[] {
  return [...rareMistakes(results), ...sameText(results)];
}

/** The same rare mistakes in two exercises or more. */
function rareMistakes(results: readonly Result[]): string[] {
  const byMistake = new Map<string, Set<string>>();
  for (const { student, marks } of results) {
    for (const mark of marks) {
      if (mark.status === "manual" || mark.earned >= mark.points) continue;
      for (const what of mistakesOf(mark)) {
        const name = `${mark.id}: ${what}`;
        byMistake.set(name, (byMistake.get(name) ?? new Set()).add(student));
      }
    }
  }
  const shared = new Map<string, string[]>();
  for (const [name, students] of byMistake) {
    if (students.size < 2 || students.size > RARE) continue;
    const group = [...students].sort().join(", ");
    shared.set(group, [...(shared.get(group) ?? []), name]);
  }
  return [...shared]
    .filter(([, mistakes]) => mistakes.length >= 2)
    .map(([group, mistakes]) => `${group} made the same rare mistakes: ${mistakes.join("; ")}`);
}

/** Solutions of some length, letter by letter the same but for white space. */
const LONG = 200;

function sameText(results: readonly Result[]): string[] {
  const byText = new Map<string, Set<string>>();
  const names = new Map<string, string>();
  for (const { student, cells } of results) {
    for (const { own, id = "", source } of cells) {
      const plain = source.replace(/\s+/g, "");
      if (!own || plain.length < LONG) continue;
      byText.set(plain, (byText.get(plain) ?? new Set()).add(student));
      names.set(plain, id);
    }
  }
  return [...byText]
    .filter(([, students]) => students.size >= 2 && students.size <= RARE)
    .map(
      ([text, students]) =>
        `${[...students].sort().join(", ")} handed in the same text for ${names.get(text)}`,
    );
}
