/** Number types: what a tensor's entries are, and the arrays that hold them. */

import { DtypeError, ValueError } from "./errors.ts";
import { kindOf } from "./options.ts";

/** The number type of a tensor's entries: 64-bit floats unless told otherwise, or 32-bit ones. */
export type Dtype = "float64" | "float32";

/**
 * The array that holds a tensor's entries, a `Float64Array` or a `Float32Array`. On a union of the two, TypeScript
 * does not let one call `reduce`; this is what both have in common.
 */
export interface Entries {
  readonly length: number;
  [index: number]: number;
  [Symbol.iterator](): IterableIterator<number>;
  at(index: number): number | undefined;
  every(test: (entry: number, index: number) => boolean): boolean;
  fill(value: number, start?: number, end?: number): this;
  filter(test: (entry: number, index: number) => boolean): Entries;
  find(test: (entry: number, index: number) => boolean): number | undefined;
  findIndex(test: (entry: number, index: number) => boolean): number;
  forEach(visit: (entry: number, index: number) => void): void;
  includes(entry: number): boolean;
  indexOf(entry: number): number;
  join(separator?: string): string;
  map(change: (entry: number, index: number) => number): Entries;
  reduce<R>(combine: (result: R, entry: number, index: number) => R, start: R): R;
  set(entries: ArrayLike<number>, offset?: number): void;
  slice(start?: number, end?: number): Entries;
  some(test: (entry: number, index: number) => boolean): boolean;
  subarray(start?: number, end?: number): Entries;
}

/** The most memory that one tensor may take: nothing stops a machine that has begun to swap. */
const MOST_BYTES = 2 ** 32;

/** Throws, before anything is allocated, if memory would not suffice; `what` is the subject of the sentence. */
export function checkRoom(what: string, size: number, dtype: Dtype = "float64"): void {
  const bytes = size * (dtype === "float64" ? 8 : 4);
  if (bytes <= MOST_BYTES) return;
  throw new ValueError(
    `Cannot make ${what}: its ${roundCount(size)} entries want ${memory(bytes)} of memory, and a tensor may have ` +
      `${memory(MOST_BYTES)}; choose a smaller shape`,
  );
}

function roundCount(size: number): string {
  return size < 1e6 || (Number.isSafeInteger(size) && size < 1e9)
    ? `${size}`
    : size.toExponential().replace("+", "");
}

function memory(bytes: number): string {
  const power = Math.max(0, Math.floor(Math.log10(bytes) / 3));
  const unit = ["B", "kB", "MB", "GB", "TB", "PB", "EB"][power];
  return unit === undefined
    ? `${bytes.toExponential(0)} bytes`
    : `${Number((bytes / 1e3 ** power).toPrecision(2))} ${unit}`;
}

/** Arrays that are handed out again in the same order, for a computation that is done over and over. */
export class Arena {
  readonly #arrays: Entries[] = [];
  #next = 0;
  /** Whether a computation is handed its arrays. */
  isInUse = false;

  /** Begins anew with the first of them. */
  rewind(): void {
    this.#next = 0;
  }

  /** Keeps no more than so many entries in all. */
  shrinkTo(most: number): void {
    let size = 0;
    for (const { length } of this.#arrays) size += length;
    if (size > most) this.#arrays.length = 0;
  }

  /** The next one, of zeros unless all of it is written anyway. */
  take(dtype: Dtype, size: number, isZeroed: boolean): Entries {
    const at = this.#next++;
    const known = this.#arrays[at];
    const isSingle = dtype === "float32";
    if (known?.length === size && known instanceof Float32Array === isSingle)
      return isZeroed ? known.fill(0) : known;
    const fresh = isSingle ? new Float32Array(size) : new Float64Array(size);
    this.#arrays[at] = fresh;
    return fresh;
  }
}

let arena: Arena | null = null;

/** Runs `compute`, whose arrays are those of `own`: they are written over the next time, though not within itself. */
export function inArena<R>(own: Arena, compute: () => R): R {
  const before = arena;
  const isNested = own.isInUse;
  arena = isNested ? null : own;
  if (!isNested) own.rewind();
  own.isInUse = true;
  try {
    return compute();
  } finally {
    own.isInUse = isNested;
    arena = before;
  }
}

/** Leaves all arenas, when code was stopped in the middle of one. */
export function leaveArenas(): void {
  arena = null;
}

/** An array of zeros; who writes to all of it need not have them, and says so by `isZeroed`. */
export function allocate(dtype: Dtype, size: number, isZeroed = true): Entries {
  if (arena !== null) return arena.take(dtype, size, isZeroed);
  const bytes = size * (dtype === "float64" ? 8 : 4);
  if (bytes > SMALL) {
    checkRoom("a tensor", size, dtype);
    if (isZeroed || bytes < UNZEROED_FROM)
      return dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
    const buffer = unzeroed(bytes);
    return dtype === "float64" ? new Float64Array(buffer, 0, size) : new Float32Array(buffer, 0, size);
  }
  // A small array costs V8 about ten times what a view into a slab does. A slab is freed with its last view.
  if (used + bytes > SLAB) {
    slab = unzeroed(SLAB);
    used = 0;
  }
  const start = used;
  used += (bytes + 7) & ~7;
  const entries =
    dtype === "float64" ? new Float64Array(slab, start, size) : new Float32Array(slab, start, size);
  if (isZeroed) for (let k = 0; k < size; k++) entries[k] = 0;
  return entries;
}

const SMALL = 1024;
const SLAB = 65536;
let slab = new ArrayBuffer(SLAB);
let used = 0;

/** What is used of Node's Buffer; src/ has the types of no host. */
declare const Buffer: { allocUnsafeSlow?(bytes: number): Uint8Array<ArrayBuffer> } | undefined;

/** From so many bytes on zeros cost more than the way around them. */
const UNZEROED_FROM = 4096;

/** Memory that holds anything, where the host has such: to make it zeros takes most of the time of a plain loop. */
function unzeroed(bytes: number): ArrayBuffer {
  const made = typeof Buffer === "undefined" ? undefined : Buffer.allocUnsafeSlow?.(bytes);
  const isAlone = made !== undefined && made.byteOffset === 0 && made.buffer.byteLength === bytes;
  return isAlone ? made.buffer : new ArrayBuffer(bytes);
}

/** The dtype as it was asked for; throws if it is not one. */
export function checkedDtype(action: string, dtype: unknown): Dtype {
  if (dtype === "float64" || dtype === "float32") return dtype;
  throw new DtypeError(
    `Cannot ${action} dtype ${typeof dtype === "string" ? JSON.stringify(dtype) : kindOf(dtype)}: choose "float64" or "float32"`,
  );
}
