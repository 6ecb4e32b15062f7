/** Symbols: matrices with letters for lengths, for derivations that are not about particular numbers. */

import { allocate, checkRoom } from "./dtype.ts";
import { ValueError } from "./errors.ts";
import { checkText, numberOrKind } from "./options.ts";
import { createRandom } from "./random.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { internals, Tensor } from "./tensor.ts";

/**
 * A matrix of which only the name and the shape are known; a length is a number or a letter such as "α" or "N".
 * It prints as the generic matrix (x_ij), and so does what is computed from it.
 *
 * @example
 * symbol("X", "α", "β").rank // 2
 */
export function symbol(name: string, ...dims: (number | string)[]): Tensor {
  checkText("name a symbol", name, 'symbol("X", "α", "β")');
  for (const dim of dims) {
    if (typeof dim === "string" || (Number.isInteger(dim) && dim >= 0)) continue;
    throw new ValueError(
      `Cannot give ${name} ${numberOrKind(dim)} as a length: a length is a letter or a whole number, as in ` +
        'symbol("X", "α", 3)',
    );
  }
  const shape = dims.map((dim) => (typeof dim === "number" ? dim : witness(dim)));
  checkRoom(`the symbol ${name} of shape [${dims.join(", ")}]`, sizeOf(shape));
  const entries = allocate("float64", sizeOf(shape));
  const random = createRandom(letterCount());
  for (let k = 0; k < entries.length; k++) entries[k] = 0.3 + 1.4 * random.uniform(); // where every op is defined
  const x = new Tensor(letteredShape(shape), entries).as(name);
  internals.setDims(
    x,
    dims.map((dim) => (typeof dim === "number" ? null : dim)),
  );
  return x;
}

// The lengths behind the letters of symbols. A letter stands for a length that equals only itself and is never 1. So
// that every op works on symbols as on numbers, and every check of a derivation has something to evaluate, each
// letter has a length of its own behind the scenes: a prime, large enough not to be met by accident.

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

/** A message about symbols, with letters for their lengths. */
export function lettered(message: string): string {
  return message.replace(/(?<![\d.\p{L}])\d+(?![\d.]*\d|\p{L})/gu, (digits) => letterOf(Number(digits)));
}

/** A copy of a symbol's shape that prints as its letters. */
export function letteredShape<S extends Shape>(shape: S): S {
  return Object.defineProperty([...shape] as S, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => `[ ${shape.map(letterOf).join(", ")} ]`,
  });
}

// Errors about symbols, with letters for their lengths.

/** Where a message that quotes a formula has lengths: the formula may contain numbers of its own. */
const SHAPES = /[[(](?:\d+(?:, )?)+[\])]/g;

/** Names the lengths in an error's message by their letters, if it is about symbols. */
export function inLetters(error: unknown, about: Iterable<unknown>, where: RegExp = /.+/gs): void {
  const isSymbol = (x: unknown): boolean => x instanceof Tensor && internals.isSymbolic(x);
  if (error instanceof Error && Array.from(about).some(isSymbol))
    error.message = error.message.replace(where, lettered);
}

/** Runs what reads a formula with `given` in it, and gives the shapes in its errors their letters. */
export function withLetters<R>(given: Iterable<unknown>, run: () => R): R {
  try {
    return run();
  } catch (error) {
    inLetters(error, given, SHAPES);
    throw error;
  }
}
