/**
 * The lengths behind the letters of symbols. A letter stands for a length that equals only itself and is never 1. So
 * that every op works on symbols as on numbers, and every check of a derivation has something to evaluate, each letter
 * has a length of its own behind the scenes: a prime, large enough not to be met by accident.
 */

import { ValueError } from "./errors.ts";
import type { Shape } from "./shape.ts";

const PRIMES: readonly number[] = [11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];

const witnesses = new Map<string, number>();

/** The length behind a letter. */
export function witness(letter: string): number {
  const known = witnesses.get(letter);
  if (known !== undefined) return known;
  const prime = PRIMES[witnesses.size];
  if (prime === undefined) {
    throw new ValueError(`Cannot use ${letter} as a length: a session has room for ${PRIMES.length} letters`);
  }
  witnesses.set(letter, prime);
  return prime;
}

/** How many letters the session has used. */
export function letterCount(): number {
  return witnesses.size;
}

/** A length, or a number of entries, by its letters: β for the length of β, αβ for the entries of an α×β matrix. */
export function letterOf(length: number): string {
  let rest = length;
  let letters = "";
  for (const [letter, prime] of witnesses) {
    while (rest > 1 && rest % prime === 0) {
      letters += letter;
      rest /= prime;
    }
  }
  return rest === 1 && letters !== "" ? letters : `${length}`;
}

/** A message about symbols, whose lengths are letters to those who read it. */
export function lettered(message: string): string {
  return message.replace(/(?<![\d.\p{L}])\d+(?![\d.]*\d|\p{L})/gu, (digits) => letterOf(Number(digits)));
}

/** A copy of a symbol's shape that prints as its letters. */
export function letteredShape<S extends Shape>(shape: S): S {
  return Object.defineProperty([...shape] as S, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => `[ ${shape.map(letterOf).join(", ")} ]`,
  });
}
