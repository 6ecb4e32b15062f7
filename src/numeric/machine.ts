/**
 * Where kernels run that are emitted as WebAssembly: one memory for all of them, and modules compiled when first used.
 *
 * Without WebAssembly, or SIMD in it, or where a page forbids both, every kernel has a loop in TypeScript that gives the
 * same bits.
 */

import { assemble, type Routine } from "./assembler.ts";

/** What is used of WebAssembly; src/ has the types of no host. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

/** Memory comes in pages of 64 KiB. It never grows, as all arrays that look into it would be lost. */
const PAGES = 128;

interface Heap {
  readonly memory: object;
  readonly doubles: Float64Array;
  readonly singles: Float32Array;
}

let heap: Heap | null | undefined;

function makeHeap(): Heap | null {
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    return { memory, doubles: new Float64Array(memory.buffer), singles: new Float32Array(memory.buffer) };
  } catch {
    return null;
  }
}

function theHeap(): Heap | null {
  if (heap === undefined) heap = makeHeap();
  return heap;
}

let isPlain = false;

/** Runs `compute` without kernels, as where there is no WebAssembly: the bits are the same. */
export function withPlainLoops<R>(compute: () => R): R {
  isPlain = true;
  try {
    return compute();
  } finally {
    isPlain = false;
  }
}

/** The memory, as doubles or as single floats; `null` where kernels cannot run. */
export function heapOf(isSingle: boolean): Float64Array | Float32Array | null {
  if (isPlain) return null;
  return (isSingle ? theHeap()?.singles : theHeap()?.doubles) ?? null;
}

/** Where programs have their values, between what other kernels use and the constants. */
export const PROGRAMS_AT: number = 7 * 2 ** 20;
export const PROGRAM_BYTES: number = PAGES * 65536 - 16384 - PROGRAMS_AT;

/** Where constants begin: above everything else in the memory. */
export const CONSTANTS_AT: number = PAGES * 65536 - 16384;
const constants = new Map<string, number>();

/** Where among the constants a double is that a kernel needs again and again, in bytes. */
export function placeOf(x: number): number {
  const key = Object.is(x, -0) ? "-0" : `${x}`;
  const before = constants.get(key);
  if (before !== undefined) return before;
  const place = 8 * constants.size;
  const doubles = theHeap()?.doubles;
  if (doubles !== undefined) doubles[(CONSTANTS_AT + place) / 8] = x;
  constants.set(key, place);
  return place;
}

/** The functions of a module, by their names; `null` where kernels cannot run. */
export function compile<Functions>(routines: readonly Routine[]): Functions | null {
  const memory = theHeap()?.memory;
  if (memory === undefined) return null;
  try {
    const module = new WebAssembly.Module(assemble(routines));
    return new WebAssembly.Instance(module, { env: { memory } }).exports as Functions; // as the caller wrote them
  } catch {
    return null;
  }
}
