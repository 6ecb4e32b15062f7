/**
 * What a name holds when its declaration has failed: any use of it says why it has no value.
 *
 * Code that is compiled later says so where it reads the name (rewrite.ts). Code of before, such as a function of the
 * same cell, has the gap itself in its hands, and is told when it computes with it.
 */

const gaps = new WeakSet<object>();

/** How Node's `inspect`, and so `console.log`, asks an object for its text. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A value that throws an error with this message, no matter what it is used for. */
export function createGap(message: string): object {
  const refuse = (): never => {
    throw new ReferenceError(message);
  };
  const traps: Record<string, () => never> = {};
  for (const trap of Object.getOwnPropertyNames(Reflect)) traps[trap] = refuse;
  // A function, so that it can also be called; `inspect` looks at what lies behind a proxy.
  const gap = new Proxy(
    Object.assign(() => {}, { [INSPECT]: refuse }),
    traps,
  );
  gaps.add(gap);
  return gap;
}

export function isGap(value: unknown): boolean {
  return typeof value === "function" && gaps.has(value);
}

/** Hands on a value; throws what a gap has to say. */
export function filled<T>(value: T): T {
  if (isGap(value)) Reflect.ownKeys(value as object);
  return value;
}
