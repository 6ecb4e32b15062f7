/**
 * Formulas of several steps as one loop: what each step rounds is rounded, so the bits are those of the steps one after
 * the other, but nothing in between is written to memory.
 */

import type { Entries } from "../tensor/dtype.ts";
import type { Routine } from "./assembler.ts";
import { type Num, rounded, Term, traced } from "./formula.ts";
import { FUSED_AT_ONCE, formulaLoop, type RunFormula } from "./formula-kernel.ts";
import { CONSTANTS_AT, compile, heapOf } from "./machine.ts";
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

/** The formulas of functions that compute entry by entry, as `fusionOf` knows them. */
const known = new WeakMap<object, () => Fusion>();

/** Says which formula a function of tensors computes of their entries. */
export function declareFusion(primal: object, fusion: () => Fusion): void {
  known.set(primal, fusion);
}

/** The formula of a function of tensors, if it has one that says all. */
export function fusionOf(primal: object): Fusion | null {
  const fusion = known.get(primal)?.();
  return fusion?.isPossible ? fusion : null;
}

/** A formula of operands and constants, whose values are numbered: operands, constants, and the results of steps. */
export class Fusion {
  readonly #operands: number;
  readonly #constants: readonly number[];
  readonly #steps: readonly Step[];
  #used: readonly number[] | null = null;
  readonly #kernels = new Map<number, RunFormula | null>();
  /** The one that was asked for last. */
  #lastKey = -1;
  #last: RunFormula | null = null;

  constructor(operands: number, constants: readonly number[], steps: readonly Step[]) {
    this.#operands = operands;
    this.#constants = constants;
    this.#steps = steps;
  }

  /** Whether every step has a formula that says all. */
  get isPossible(): boolean {
    return (
      this.#operands <= MOST_OPERANDS &&
      this.#steps.every(({ map, c }) => map.body !== null && map.exactly === null && c < 0)
    );
  }

  /** The operands that the formula does not only name: a slope may be told in terms of y, and computed from x. */
  get used(): readonly number[] {
    this.#used ??= this.#looked();
    return this.#used;
  }

  #looked(): number[] {
    const all = Array.from({ length: this.#operands }, (_, k) => k);
    const { x, y } = traced((...terms) => this.#formula(false, all, terms), this.#operands);
    const seen = new Set<unknown>([y]);
    for (const term of seen) if (term instanceof Term) for (const operand of term.operands) seen.add(operand);
    return all.filter((k) => seen.has(x[k]));
  }

  /**
   * Computes the first `size` entries of `y`, from as many of each operand or from one for all; false where there are
   * no kernels.
   */
  run(y: Entries, size: number, operands: readonly Entries[]): boolean {
    const isSingle = y instanceof Float32Array;
    const heap = heapOf(isSingle);
    if (heap === null) return false;
    const { used } = this;
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
      at[at.length - 1] = Math.ceil(count / FUSED_AT_ONCE);
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
    if (key === this.#lastKey) return this.#last;
    let kernel = this.#kernels.get(key);
    if (kernel === undefined) {
      kernel = compile<{ loop: RunFormula }>([this.loop("loop", isSingle, uniform)])?.loop ?? null;
      this.#kernels.set(key, kernel);
    }
    this.#lastKey = key;
    this.#last = kernel;
    return kernel;
  }

  /** The loop as code: bit k of `uniform` says that the k-th operand that is used is one number for all. */
  loop(name: string, isSingle: boolean, uniform: number): Routine {
    const { used } = this;
    const body = (...x: Num[]): Num => this.#formula(isSingle, used, x);
    return formulaLoop(name, body, used.length, isSingle, uniform);
  }

  /** The result for terms in place of these operands. */
  #formula(isSingle: boolean, operands: readonly number[], x: readonly Num[]): Num {
    const values = new Map<number, Num>(operands.map((operand, k) => [operand, x[k]]));
    const first = this.#operands + this.#constants.length;
    for (const [k, value] of this.#constants.entries()) values.set(this.#operands + k, value);
    for (const [k, { map, a, b }] of this.#steps.entries()) {
      // What comes before it; or nothing that matters.
      const given = (b < 0 ? [a] : [a, b]).map((operand) => values.get(operand) ?? 0);
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
