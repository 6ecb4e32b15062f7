/** How much memory the values of a session take, about. */

import { Tensor } from "gradbook";
import { attempt } from "./attempt.ts";

/** The most objects that are looked at. */
const MOST = 50_000;
/** How many entries of a long list are looked at, to tell the rest by them. */
const SAMPLE = 100;
/** What V8 needs for an object, for an entry of one, and for one of a map. */
const OBJECT = 32;
const ENTRY = 16;
const PAIR = 40;
/** Variables below this size are not to blame for a full memory. */
const LEAST = 1_000_000;

interface Todo {
  readonly value: unknown;
  /** For how many values of its kind it stands. */
  readonly weight: number;
}

/**
 * The bytes of a value with all that it holds; of long lists and deep structures it is an estimate. Texts may share what
 * they are made of, which nobody can see; so never more than the process has.
 */
export function sizeOf(value: unknown): number {
  const seen = new Set<object>();
  const todo: Todo[] = [{ value, weight: 1 }];
  let size = 0;
  for (let next = todo.pop(); next && seen.size < MOST; next = todo.pop()) {
    const { value: current, weight } = next;
    if (typeof current === "object" && current !== null) {
      if (seen.has(current)) continue;
      seen.add(current);
    }
    size += weight * (attempt(() => ownSize(current, weight, todo)) ?? 0);
  }
  return Math.min(size, process.memoryUsage().rss || size); // a browser may not tell
}

/** The bytes of a value alone; what it holds is added to `todo`. */
function ownSize(value: unknown, weight: number, todo: Todo[]): number {
  if (typeof value === "string") return OBJECT + value.length;
  if (typeof value !== "object" || value === null) return 0;
  if (value instanceof Tensor) return OBJECT + value.size * (value.dtype === "float32" ? 4 : 8);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return value.byteLength;
  if (ArrayBuffer.isView(value)) {
    todo.push({ value: value.buffer, weight });
    return OBJECT;
  }
  if (Array.isArray(value)) return OBJECT + addSample(value.length, (index) => value[index], 8, weight, todo);
  if (value instanceof Map || value instanceof Set) {
    const entries = first(value.values());
    return addSample(value.size, (index) => entries[index % entries.length], PAIR, weight, todo);
  }
  const keys = Object.keys(value);
  const valueAt = (index: number): unknown => Object.getOwnPropertyDescriptor(value, keys[index])?.value;
  return OBJECT + addSample(keys.length, valueAt, ENTRY, weight, todo);
}

function addSample(
  length: number,
  valueAt: (index: number) => unknown,
  each: number,
  weight: number,
  todo: Todo[],
): number {
  const count = Math.min(length, SAMPLE);
  for (let i = 0; i < count; i++) {
    const value = valueAt(Math.floor((i * length) / count));
    if (typeof value === "string" || (typeof value === "object" && value !== null)) {
      todo.push({ value, weight: (weight * length) / count });
    }
  }
  return each * length;
}

function first(values: Iterator<unknown>): unknown[] {
  const found: unknown[] = [];
  for (let next = values.next(); !next.done && found.length < SAMPLE; next = values.next())
    found.push(next.value);
  return found;
}

/** A number of bytes in words: `1.2 GB`. */
export function inWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** The variables that take most, in words, the largest first. */
export function largest(names: readonly string[], of: (name: string) => unknown, count = 3): string {
  return names
    .map((name) => ({ name, size: sizeOf(of(name)) }))
    .toSorted((a, b) => b.size - a.size)
    .slice(0, count)
    .filter(({ size }) => size > LEAST)
    .map(({ name, size }) => `${name} (${inWords(size)})`)
    .join(", ");
}
