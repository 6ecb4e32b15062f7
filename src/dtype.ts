/** Number types: what a tensor's entries are, and the arrays that hold them. */

import { DtypeError } from "./errors.ts";

/** The number type of a tensor's entries: 64-bit floats unless told otherwise, or 32-bit ones. */
export type Dtype = "float64" | "float32";

/**
 * The array that holds a tensor's entries, a `Float64Array` or a `Float32Array`. Of a union of the two, TypeScript
 * lets nobody call `reduce`; this is what both have.
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

const arrays: Readonly<Record<Dtype, new (size: number) => Entries>> = {
  float64: Float64Array,
  float32: Float32Array,
};

/** An array of zeros. */
export function allocate(dtype: Dtype, size: number): Entries {
  return new arrays[dtype](size);
}

/** The number type that an array holds. */
export function dtypeOf(entries: Entries): Dtype {
  return entries instanceof Float32Array ? "float32" : "float64";
}

/** The dtype as it was asked for; refuses what is none. */
export function checkedDtype(action: string, dtype: unknown): Dtype {
  if (dtype === "float64" || dtype === "float32") return dtype;
  throw new DtypeError(`Cannot ${action} dtype ${JSON.stringify(dtype)}: choose "float64" or "float32"`);
}
