/**
 * Functions applied entry by entry, to rows whose entries are any distance apart, so that a row may be one number.
 *
 * A function made of a formula runs as WebAssembly on two entries at a time; a few have a loop of their own besides, for
 * sizes at which copying costs more than it saves; any other is called for each entry. The bits are the same.
 */

import type { Entries } from "../tensor/dtype.ts";
import type { Num } from "./formula.ts";
import { type FormulaKernel, formulaKernel, type RunFormula } from "./formula-kernel.ts";
import { CONSTANTS_AT, heapOf } from "./machine.ts";

/** A function of numbers. */
export type RealFunction = (...x: number[]) => number;

/** A function of terms or numbers. */
type Body = (...x: Num[]) => Num;

/** A loop for one function along a row of the result, which is contiguous, and rows of one or two operands. */
export type RowLoop = (
  length: number,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  da: number,
  b: Entries,
  bi: number,
  db: number,
) => void;

/** A function that is applied entry by entry, and what is known of it beside its values. */
export class EntryMap {
  readonly f: RealFunction;
  /** The formula that says the same; `null` where there is none. */
  readonly body: Body | null;
  readonly arity: number;
  /** A loop for doubles. */
  readonly loop: RowLoop | null;
  /** What is asked where the formula answers NaN, because it knows no better. */
  readonly exactly: ((x: number) => number) | null;
  #kernel: FormulaKernel | null | undefined;

  constructor(
    f: RealFunction,
    body: Body | null,
    arity: number,
    loop: RowLoop | null,
    exactly: EntryMap["exactly"] = null,
  ) {
    this.f = f;
    this.body = body;
    this.arity = arity;
    this.loop = loop;
    this.exactly = exactly;
  }

  /** The kernel, compiled when it is first asked for; `null` where kernels cannot run. */
  kernel(): FormulaKernel | null {
    if (this.#kernel === undefined) {
      this.#kernel = this.body === null ? null : formulaKernel(this.body, this.arity);
    }
    return this.#kernel;
  }
}

const known = new Map<unknown, EntryMap>();

/** What is known of a function; who applies it often asks once. */
export function mapOf(f: RealFunction): EntryMap {
  return known.get(f) ?? new EntryMap(f, null, f.length, null);
}

/** Gives a function a formula that says the same, and a loop of its own. */
export function withFormula<F>(f: F, body: (...x: never[]) => Num, loop: RowLoop | null, arity: 1 | 2): F {
  const own = f as RealFunction; // it is called with so many arguments, as the formula is
  known.set(f, new EntryMap(own, body as Body, arity, loop));
  return f;
}

/** A function of one number, made of a formula; where that answers NaN, `exactly` is asked. */
export function ofOne(
  body: (x: Num) => Num,
  exactly: ((x: number) => number) | null = null,
): (x: number) => number {
  const byFormula = (x: number): number => {
    const heap = heapOf(false);
    const kernel = heap && definition.kernel();
    if (heap === null || kernel === null) return body(x) as number; // of a number it is a number
    heap[0] = x;
    kernel.doubles(CONSTANTS_AT, 0, 0, 1);
    return heap[0];
  };
  const f =
    exactly === null
      ? byFormula
      : (x: number): number => {
          const y = byFormula(x);
          return Number.isNaN(y) ? exactly(x) : y;
        };
  const definition = new EntryMap(f, body as Body, 1, null, exactly);
  known.set(f, definition);
  return f;
}

/** A function of two numbers, made of a formula. */
export function ofTwo(body: (x: Num, y: Num) => Num): (x: number, y: number) => number {
  const f = (x: number, y: number): number => {
    const heap = heapOf(false);
    const kernel = heap && definition.kernel();
    if (heap === null || kernel === null) return body(x, y) as number; // of numbers it is a number
    heap[0] = x;
    heap[8] = y;
    kernel.doubles(CONSTANTS_AT, 0, 64, 0, 1);
    return heap[0];
  };
  const definition = new EntryMap(f, body as Body, 2, null);
  known.set(f, definition);
  return f;
}

/** From how many entries on a kernel pays, where calling the function for each is as good. */
const MANY = 4;

/** A loop of its own is the faster one for few entries, and for so many that the memory is what takes the time. */
const [LOOP_BELOW, LOOP_ABOVE] = [128, 2 ** 18];

/** Which arrays a row has: doubles alone, single floats alone, or some of each. */
export type Kinds = 0 | 1 | 2;
export const DOUBLES = 0;
export const SINGLES = 1;
export const MIXED = 2;

/** Numbers that stand in a formula are doubles, also beside single floats, and are not rounded to these. */
export function kindsOf(y: Entries, a: Entries, b: Entries | null): Kinds {
  const [one, other] = [isSingle(y), isSingle(a)];
  return one !== other || (b !== null && isSingle(b) !== one) ? MIXED : one ? SINGLES : DOUBLES;
}

/** y_k = f(a_k, b_k) along a row; without `b`, f(a_k). Each row begins at its position, the operands' with a step. */
export function mapRow(
  f: RealFunction,
  length: number,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  da: number,
  b: Entries | null,
  bi: number,
  db: number,
): void {
  mapAlong(mapOf(f), kindsOf(y, a, b), length, y, yi, a, ai, da, b, bi, db);
}

/** The same for who knows the kinds of the arrays already. */
export function mapAlong(
  map: EntryMap,
  kinds: Kinds,
  length: number,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  da: number,
  b: Entries | null,
  bi: number,
  db: number,
): void {
  const { loop } = map;
  if (loop !== null && kinds === DOUBLES && (length < LOOP_BELOW || length > LOOP_ABOVE)) {
    loop(length, y, yi, a, ai, da, b ?? a, bi, db);
    return;
  }
  const { exactly } = map;
  // Where `exactly` may be asked, the operand is still to be read where it is.
  const isPossible = map.body !== null && length >= MANY && (exactly === null || a !== y);
  const heap = isPossible ? heapOf(kinds === SINGLES) : null;
  const kernel = heap && map.kernel();
  if (heap !== null && kernel !== null) {
    runAlong(kinds === SINGLES ? kernel.singles : kernel.doubles, heap, length, y, yi, a, ai, da, b, bi, db);
    if (exactly === null) return;
    for (let k = 0; k < length; k++) if (Number.isNaN(y[yi + k])) y[yi + k] = exactly(a[ai + k * da]);
    return;
  }
  const { f } = map;
  if (b === null) for (let k = 0, x = ai; k < length; k++, x += da) y[yi + k] = f(a[x]);
  else for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = f(a[x], b[w]);
}

const isSingle = (x: Entries): boolean => x instanceof Float32Array;

/** y = f(x, …) for up to three operands that are stretched: `steps` says how far each goes along each axis of `shape`. */
export function mapStretched(
  map: EntryMap,
  y: Entries,
  shape: readonly number[],
  operands: readonly Entries[],
  steps: readonly (readonly number[])[],
): void {
  if (y.length === 0) return;
  const { lengths, merged } = mergedAxes(shape, steps);
  const [a, b, c] = operands;
  const kinds = kindsOf(y, a, b ?? null);
  const { f } = map;
  const [as, bs, cs] = merged;
  const last = lengths.length - 1;
  const row = lengths[last];
  const [da, db, dc] = [as[last], bs?.[last] ?? 0, cs?.[last] ?? 0];
  const counts = new Array<number>(last).fill(0);
  let [ai, bi, ci] = [0, 0, 0];
  for (let yi = 0; ; yi += row) {
    if (c === undefined) mapAlong(map, kinds, row, y, yi, a, ai, da, b ?? null, bi, db);
    else for (let k = 0; k < row; k++) y[yi + k] = f(a[ai + k * da], b[bi + k * db], c[ci + k * dc]);
    // On to the next row, as the wheels of a counter turn.
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      counts[axis] += 1;
      const by = counts[axis] < lengths[axis] ? 1 : 1 - counts[axis];
      ai += by * as[axis];
      bi += by * (bs?.[axis] ?? 0);
      ci += by * (cs?.[axis] ?? 0);
      if (by === 1) break;
      counts[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Two axes are one where every operand goes on along the outer as along the inner; one at least is left. */
function mergedAxes(
  shape: readonly number[],
  steps: readonly (readonly number[])[],
): { readonly lengths: number[]; readonly merged: number[][] } {
  const lengths: number[] = [];
  const merged: number[][] = steps.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis];
    if (length === 1) continue;
    const last = lengths.length - 1;
    let goesOn = last >= 0;
    for (let k = 0; goesOn && k < steps.length; k++) goesOn = merged[k][last] === steps[k][axis] * length;
    if (goesOn) lengths[last] *= length;
    else lengths.push(length);
    for (let k = 0; k < steps.length; k++) merged[k][lengths.length - 1] = steps[k][axis];
  }
  if (lengths.length > 0) return { lengths, merged };
  return { lengths: [1], merged: steps.map(() => [0]) };
}

/** So many entries of each operand are in the memory at once: they stay in the first cache. */
const AT_ONCE = 2048;

function runAlong(
  run: RunFormula,
  heap: Entries,
  length: number,
  y: Entries,
  yi: number,
  a: Entries,
  ai: number,
  da: number,
  b: Entries | null,
  bi: number,
  db: number,
): void {
  const second = AT_ONCE * (heap instanceof Float32Array ? 4 : 8);
  for (let k = 0; k < length; k += AT_ONCE) {
    const count = Math.min(AT_ONCE, length - k);
    bring(heap, 0, a, ai + k * da, da, count);
    if (b === null) run(CONSTANTS_AT, 0, 0, (count + 3) >> 2);
    else {
      bring(heap, AT_ONCE, b, bi + k * db, db, count);
      run(CONSTANTS_AT, 0, second, 0, (count + 3) >> 2);
    }
    if (count < FEW) for (let j = 0; j < count; j++) y[yi + k + j] = heap[j];
    else y.set(heap.subarray(0, count), yi + k);
  }
}

/** Below so many entries a loop copies faster. */
const FEW = 48;

function bring(heap: Entries, at: number, from: Entries, start: number, step: number, count: number): void {
  if (step === 0) heap.fill(from[start], at, at + count);
  else if (step === 1 && count >= FEW) heap.set(from.subarray(start, start + count), at);
  else for (let k = 0, x = start; k < count; k++, x += step) heap[at + k] = from[x];
}
