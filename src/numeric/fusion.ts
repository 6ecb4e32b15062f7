/**
 * Formulas of several steps as one loop: what each step rounds is rounded, so the bits are those of the steps one after
 * the other, but nothing in between is written to memory.
 */

import type { Entries } from "../tensor/dtype.ts";
import { type Num, rounded } from "./formula.ts";
import { formulaLoop, type RunFormula } from "./formula-kernel.ts";
import { CONSTANTS_AT, heapOf } from "./machine.ts";
import type { EntryMap } from "./map.ts";

/** A step: a function, and the numbers of the values it is applied to. */
export interface Step {
  readonly map: EntryMap;
  readonly a: number;
  /** Negative where there are fewer operands. */
  readonly b: number;
  readonly c: number;
}

/** So many entries of each operand are in the memory at once. */
const AT_ONCE = 1024;

/** So many operands have room in it. */
const MOST_OPERANDS = 8;

/** Below so many entries a loop copies faster. */
const FEW = 48;

/** A formula of operands and constants, whose values are numbered: operands, constants, and the results of steps. */
export class Fusion {
  readonly #operands: number;
  readonly #constants: readonly number[];
  readonly #steps: readonly Step[];
  /** The numbers of the operands that are looked at. */
  readonly #used: readonly number[];
  readonly #kernels = new Map<number, RunFormula | null>();

  constructor(operands: number, constants: readonly number[], steps: readonly Step[]) {
    this.#operands = operands;
    this.#constants = constants;
    this.#steps = steps;
    const read = new Set(steps.flatMap(({ a, b, c }) => [a, b, c]));
    this.#used = Array.from({ length: operands }, (_, k) => k).filter((k) => read.has(k));
  }

  /** Whether every step has a formula that says all. */
  get isPossible(): boolean {
    return (
      this.#used.length <= MOST_OPERANDS &&
      this.#steps.every(({ map, c }) => map.body !== null && map.exactly === null && c < 0)
    );
  }

  /**
   * Computes the first `size` entries of `y`, from as many of each operand or from one for all; false where there are
   * no kernels.
   */
  run(y: Entries, size: number, operands: readonly Entries[]): boolean {
    const isSingle = y instanceof Float32Array;
    const heap = heapOf(isSingle);
    if (heap === null) return false;
    const used = this.#used;
    let uniform = 0;
    for (let k = 0; k < used.length; k++) if (operands[used[k]].length !== size) uniform |= 1 << k;
    const kernel = this.#kernelFor(isSingle, uniform);
    if (kernel === null) return false;
    // A number for all is a double, whatever the others are.
    const doubles = isSingle ? heapOf(false) : heap;
    const bytes = isSingle ? 4 : 8;
    const at: number[] = [CONSTANTS_AT];
    for (let k = 0; k < used.length; k++) {
      const place = k * AT_ONCE;
      at.push(8 * place);
      if ((uniform >> k) & 1 && doubles !== null) doubles[place] = operands[used[k]][0];
    }
    const to = used.length * AT_ONCE;
    at.push(8 * to, 0);
    for (let start = 0; start < size; start += AT_ONCE) {
      const count = Math.min(AT_ONCE, size - start);
      for (let k = 0; k < used.length; k++) {
        if (((uniform >> k) & 1) === 0)
          bring(heap, (k * AT_ONCE * 8) / bytes, operands[used[k]], start, count);
      }
      at[at.length - 1] = (count + 3) >> 2;
      call(kernel, at);
      const from = (to * 8) / bytes;
      if (count < FEW) for (let j = 0; j < count; j++) y[start + j] = heap[from + j];
      else y.set(heap.subarray(from, from + count), start);
    }
    return true;
  }

  /** The loop for one number type, in which some operands are one number for all: a bit says for each. */
  #kernelFor(isSingle: boolean, uniform: number): RunFormula | null {
    const key = 2 * uniform + (isSingle ? 1 : 0);
    let kernel = this.#kernels.get(key);
    if (kernel === undefined) {
      kernel = formulaLoop((...x) => this.formula(isSingle, x), this.#used.length, isSingle, uniform);
      this.#kernels.set(key, kernel);
    }
    return kernel;
  }

  /** The result for terms, or numbers, in place of the operands that are looked at. */
  formula(isSingle: boolean, x: readonly Num[]): Num {
    const values = new Map<number, Num>(this.#used.map((operand, k) => [operand, x[k]]));
    const first = this.#operands + this.#constants.length;
    for (const [k, value] of this.#constants.entries()) values.set(this.#operands + k, value);
    for (const [k, { map, a, b }] of this.#steps.entries()) {
      const given = (b < 0 ? [a] : [a, b]).map((operand) => values.get(operand) as Num); // what comes before it
      const value = map.body?.(...given) as Num; // as `isPossible` says
      // The last one is rounded where it is stored.
      const isLast = k === this.#steps.length - 1;
      values.set(first + k, isSingle && !isLast ? rounded(value) : value);
    }
    return values.get(first + this.#steps.length - 1) as Num;
  }
}

function bring(heap: Entries, to: number, from: Entries, start: number, count: number): void {
  if (count < FEW) for (let j = 0; j < count; j++) heap[to + j] = from[start + j];
  else heap.set(from.subarray(start, start + count), to);
}

/** Lists of one and two operands are the usual ones, and are passed on without another list. */
function call(run: RunFormula, at: readonly number[]): void {
  if (at.length === 4) run(at[0], at[1], at[2], at[3]);
  else if (at.length === 5) run(at[0], at[1], at[2], at[3], at[4]);
  else run(...at);
}
