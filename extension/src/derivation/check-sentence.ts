/** What the check of a derivation found, in a sentence. */
import { roundedToSize } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import type { Verdict } from "./derivation-data.ts";

/** What was checked, and how closely. */
export function checkSentence(verdict: Verdict, translation: Translation): string {
  const { ok, trials, error, unsaid, counterexample = "" } = verdict;
  if (unsaid !== undefined) return translation.__("cannot be said: %1", unsaid);
  if (!ok) return translation.__("failed: %1", counterexample);
  const closely = error === null || error === 0 ? translation.__("the last digit") : roundedToSize(error);
  return translation.__("every line holds at %1 random points; differences agree to %2", trials, closely);
}
