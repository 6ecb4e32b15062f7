/** Errors about symbols, whose lengths are letters to those who read them. */

import { internals, Tensor } from "./tensor.ts";
import { lettered } from "./witness.ts";

/** Where a message that quotes a formula has lengths: the formula may have numbers of its own. */
const SHAPES = /[[(](?:\d+(?:, )?)+[\])]/g;

/** Names the lengths in an error's message by their letters, where symbols are among what it is about. */
export function inLetters(error: unknown, about: Iterable<unknown>, where: RegExp = /.+/gs): void {
  const isSymbol = (x: unknown): boolean => x instanceof Tensor && internals.isSymbolic(x);
  if (error instanceof Error && Array.from(about).some(isSymbol))
    error.message = error.message.replace(where, lettered);
}

/** Runs what reads a formula with `given` in it, and throws its errors with the letters of their shapes. */
export function withLetters<R>(given: Iterable<unknown>, run: () => R): R {
  try {
    return run();
  } catch (error) {
    inLetters(error, given, SHAPES);
    throw error;
  }
}
