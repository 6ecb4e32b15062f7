/** Runs the checks of an exercise: the public ones for the student, or those that count. */

import { useBlas } from "../tensor/host.ts";
import { drawFor } from "./draw.ts";
import type { Part } from "./part.ts";
import { type Declared, inputsOf } from "./registry.ts";
import { type Finding, type Report, reportOf, type Weighed } from "./report.ts";
import type { Asking } from "./student.ts";

/** Who is checked, and how. */
export interface Checking {
  readonly audience: Report["audience"];
  /** For whom the inputs are; by the notebook itself if it is left out. */
  readonly owner?: string | null;
  /** Decides the inputs of a graded run, beside the owner. */
  readonly seed?: string;
}

/** Checks an exercise; what it yields are the questions to the student. */
export function* checking(exercise: Declared, { audience, owner, seed = "" }: Checking): Asking<Report> {
  if (audience === "graded") useBlas(false); // marks do not depend on the machine
  const { id, title, points, open, hidden } = exercise;
  const named = yield { ask: "owner" };
  const says = named.kind === "value" && named.value.kind === "text" ? named.value.value : null;
  const whose = owner === undefined ? says : owner;
  const parts = audience === "graded" && hidden.length > 0 ? hidden : open;
  const found: Weighed[] = [];
  for (const [k, part] of parts.entries()) {
    const draw = drawFor(audience, seed, whose ?? "", id, `${k} ${part.of}`);
    const run = {
      exercise: id,
      draw,
      inputs: inputsOf(exercise, whose),
      mistakes: mistakesFor(part, exercise),
    };
    const finding = yield* part.check(run);
    found.push({ weight: part.weight, finding: audience === "graded" ? withoutInputs(finding) : finding });
  }
  const flags = flagsOf(exercise, says, owner, audience);
  return reportOf({ exercise: id, title, audience, points, owner: says, flags }, found);
}

/** A hidden check knows the public mistakes about the same thing, too. */
function mistakesFor(part: Part, { open }: Declared): Part["mistakes"] {
  const others = open.filter((other) => other !== part && other.of === part.of);
  return [...part.mistakes, ...others.flatMap(({ mistakes }) => mistakes)];
}

/** A finding that tells nothing of the inputs of a graded run. */
function withoutInputs({ detail: _, shows: __, ...finding }: Finding): Finding {
  return finding;
}

function flagsOf(
  { drawnFor, inputs }: Declared,
  says: string | null,
  owner: string | null | undefined,
  audience: Report["audience"],
): string[] {
  const flags: string[] = [];
  if (owner != null && says !== null && says !== owner) {
    flags.push(`The notebook says it is ${says}'s, and was handed in by ${owner}`);
  }
  if (
    audience === "public" &&
    Object.keys(inputs).length > 0 &&
    drawnFor !== null &&
    drawnFor !== (says ?? "")
  ) {
    const before = drawnFor === "" ? "before student(…) said whose they are" : `for ${drawnFor}`;
    flags.push(`The inputs here were drawn ${before}: run the cell that takes them again`);
  }
  return flags;
}
