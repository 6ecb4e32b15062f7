/** What the check of a derivation found, in a sentence. */
import type { Translation } from "../translation.ts";
import type { Verdict } from "./derivation-data.ts";

/** What was checked, and how closely. */
export function checkSentence(verdict: Verdict, translation: Translation): string {
  const { ok, trials, error, counterexample = "" } = verdict;
  if (!ok) return translation.__("failed: %1", counterexample);
  const closely = error === null || error === 0 ? translation.__("the last digit") : roughly(error);
  return translation.__("every line holds at %1 random points; differences agree to %2", trials, closely);
}

/** A size: 3·10⁻¹¹. */
function roughly(size: number): string {
  const [mantissa, exponent] = size.toExponential(0).split("e");
  return `${mantissa}·10${Array.from(exponent, (sign) => raised[sign] ?? "").join("")}`;
}

const raised: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹", (sign, digit) => [digit, sign])),
  "-": "⁻",
  "+": "⁺",
};
