/** The lines of a derivation, and which of them are visible. */
import { roundedToSize } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import type { DerivationPart, DerivationStep, Verdict } from "./derivation-data.ts";

/** What a reader wants to see: the general form, the numbers, or both. */
export type Aspect = "generic" | "both" | "numbers";

/** One line on the page. */
export interface Line {
  readonly label: string;
  /** A chain of equals in LaTeX, or a sentence. */
  readonly content: { readonly members: readonly string[] } | { readonly sentence: string };
  readonly note: string;
  readonly role: "step" | "result" | "numbers" | "check";
  /** The kind of its step; empty for the check. */
  readonly kind: string;
  /** Whether the check found it wrong. */
  readonly isWrong: boolean;
}

/** The lines of one gradient, the check last. A step that fails has the counterexample for its remark. */
export function linesOf({ steps, verdict }: DerivationPart, translation: Translation): Line[] {
  const lines = steps.map((step): Line => {
    const isWrong = isRefuted(verdict) && step.kind === verdict.step;
    const note = isWrong ? `✗ ${verdict.counterexample ?? ""}` : step.note;
    return {
      label: step.label,
      content: { members: step.members },
      note,
      role: roleOf(step),
      kind: step.kind,
      isWrong,
    };
  });
  const sentence = lines.some(({ isWrong }) => isWrong)
    ? translation.__("failed in the line marked ✗")
    : checkSentence(verdict, translation);
  return [
    ...lines,
    {
      label: translation.__("check"),
      content: { sentence: `${verdict.ok ? "✓ " : isRefuted(verdict) ? "✗ " : ""}${sentence}` },
      note: "",
      role: "check",
      kind: "",
      isWrong: isRefuted(verdict),
    },
  ];
}

/** Whether a line fails: where the check cannot tell, the line is neither right nor wrong. */
function isRefuted({ ok, unsaid }: DerivationPart["verdict"]): boolean {
  return !ok && unsaid === undefined;
}

function roleOf({ kind }: DerivationStep): Line["role"] {
  return kind === "closed" ? "result" : kind === "numbers" ? "numbers" : "step";
}

/** Whether a line belongs to what the reader wants to see. The result and the check belong to everything. */
export function belongsTo({ role }: Pick<Line, "role">, aspect: Aspect): boolean {
  if (aspect === "generic") return role !== "numbers";
  if (aspect === "numbers") return role !== "step";
  return true;
}

/** Whether there is something to switch: a general form and numbers. */
export function hasBoth(lines: readonly Pick<Line, "role">[]): boolean {
  return lines.some(({ role }) => role === "step") && lines.some(({ role }) => role === "numbers");
}

/** What was checked, and how closely. */
export function checkSentence(verdict: Verdict, translation: Translation): string {
  const { ok, trials, error, unsaid, counterexample = "" } = verdict;
  if (unsaid !== undefined) return translation.__("cannot be said: %1", unsaid);
  if (!ok) return translation.__("failed: %1", counterexample);
  const closely = error === null || error === 0 ? translation.__("the last digit") : roundedToSize(error);
  return translation.__("every line holds at %1 random points; differences agree to %2", trials, closely);
}
