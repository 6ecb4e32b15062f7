/**
 * Functions applied entry by entry, to rows whose entries are any distance apart, so that a row may be one number.
 *
 * A function made of a formula runs as WebAssembly on two entries at a time; a few have a loop of their own, which is
 * faster still as nothing has to be copied; any other is called for each entry. The bits are the same.
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

/** What is known of a function beside its values. */
class Definition {
  readonly body: Body;
  readonly arity: number;
  /** A loop for doubles. */
  readonly loop: RowLoop | null;
  #kernel: FormulaKernel | null | undefined;

  constructor(body: Body, arity: number, loop: RowLoop | null) {
    this.body = body;
    this.arity = arity;
    this.loop = loop;
  }

  /** The kernel, compiled when it is first asked for; `null` where kernels cannot run. */
  kernel(): FormulaKernel | null {
    if (this.#kernel === undefined) this.#kernel = formulaKernel(this.body, this.arity);
    return this.#kernel;
  }
}

const definitions = new Map<unknown, Definition>();

/** Gives a function a formula that says the same, and a loop of its own. */
export function withFormula<F>(f: F, body: (...x: never[]) => Num, loop: RowLoop | null, arity: 1 | 2): F {
  definitions.set(f, new Definition(body as Body, arity, loop)); // it is called with so many arguments
  return f;
}

/** A function of one number, made of a formula. */
export function ofOne(body: (x: Num) => Num): (x: number) => number {
  const f = (x: number): number => {
    const heap = heapOf(false);
    const kernel = heap && definition.kernel();
    if (heap === null || kernel === null) return body(x) as number; // of a number it is a number
    heap[0] = x;
    kernel.doubles(CONSTANTS_AT, 0, 0, 1);
    return heap[0];
  };
  const definition = new Definition(body as Body, 1, null);
  definitions.set(f, definition);
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
  const definition = new Definition(body as Body, 2, null);
  definitions.set(f, definition);
  return f;
}

/** From how many entries on a kernel pays, where calling the function for each is as good. */
const MANY = 4;

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
  const definition = definitions.get(f);
  if (definition !== undefined) {
    const { loop } = definition;
    // Numbers that stand in a formula are doubles, also beside single floats, and are not rounded to these.
    const singles = isSingle(y) && isSingle(a) && (b === null || isSingle(b));
    const areDoubles = !isSingle(y) && !isSingle(a) && (b === null || !isSingle(b));
    if (loop !== null && areDoubles) {
      loop(length, y, yi, a, ai, da, b ?? a, bi, db);
      return;
    }
    const heap = length >= MANY ? heapOf(singles) : null;
    const kernel = heap && definition.kernel();
    if (heap !== null && kernel !== null) {
      runAlong(singles ? kernel.singles : kernel.doubles, heap, length, y, yi, a, ai, da, b, bi, db);
      return;
    }
  }
  if (b === null) for (let k = 0, x = ai; k < length; k++, x += da) y[yi + k] = f(a[x]);
  else for (let k = 0, x = ai, w = bi; k < length; k++, x += da, w += db) y[yi + k] = f(a[x], b[w]);
}

const isSingle = (x: Entries): boolean => x instanceof Float32Array;

/** y = f(x, …) for up to three operands that are stretched: `steps` says how far each goes along each axis of `shape`. */
export function mapStretched(
  f: RealFunction,
  y: Entries,
  shape: readonly number[],
  operands: readonly Entries[],
  steps: readonly (readonly number[])[],
): void {
  if (y.length === 0) return;
  const { lengths, merged } = mergedAxes(shape, steps);
  const [a, b, c] = operands;
  const [as, bs, cs] = merged;
  const last = lengths.length - 1;
  const row = lengths[last];
  const [da, db, dc] = [as[last], bs?.[last] ?? 0, cs?.[last] ?? 0];
  const counts = new Array<number>(last).fill(0);
  let [ai, bi, ci] = [0, 0, 0];
  for (let yi = 0; ; yi += row) {
    if (c === undefined) mapRow(f, row, y, yi, a, ai, da, b ?? null, bi, db);
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
