/** Sentences in LaTeX: labels and notes, in which the names of tensors may stand. */

import { superscript } from "../numbers.ts";
import { insideText } from "./signs.ts";

const RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** The e-7 of 1.5e-7, which is no part of a name. */
const EXPONENT = /(?<=(?<![\p{L}\d_.^])\d+(?:\.\d+)?)e([+-]?\d+)(?![\p{L}\d_])/gu;

/** A superscript, a power of ten, a subscript, or what stands between them. */
const PART = /\^(\{[^{}]*\}|[^\s^/{}]+)|·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|([₀-₉]+)|[^^·₀-₉]+|./gsu;

/** `\text{…}` of a sentence; scripts and powers of ten in it are typeset as such. */
export function sentenceTex(sentence: string): string {
  const parts = sentence
    .replace(EXPONENT, (_, exponent: string) => `·10${superscript(Number(exponent))}`)
    .matchAll(PART);
  const written = Array.from(parts, ([part, raised, power, lowered]) => {
    if (raised !== undefined) return `$^{\\text{${insideText(raised.replace(/^\{(.*)\}$/s, "$1"))}}}$`;
    if (power !== undefined) return `$ \\cdot 10^{${inLine(power, RAISED, "-0123456789")}}$`;
    return lowered !== undefined ? `$_{${inLine(lowered, LOWERED, "0123456789")}}$` : insideText(part);
  });
  return `\\text{${written.join("")}}`;
}

/** Raised or lowered digits as digits. */
function inLine(digits: string, from: string, to: string): string {
  return Array.from(digits, (sign) => to[from.indexOf(sign)]).join("");
}
