/**
 * Types of what Node puts in the global scope, as far as notebooks use it. The full `@types/node` would
 * double the time until the first cell runs.
 */

import { builtinModules } from "./node.ts";

// Modules of Node are `any`: they can be imported and used, without types.
const modules = ["node:*", ...builtinModules.filter((name) => !name.startsWith("_"))]
  .map((name) => `declare module "${name}";`)
  .join("\n");

export const globalTypes: string = `${modules}

// What ECMAScript has that is newer than the compiler.
interface Array<T> {
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  with(index: number, value: T): T[];
}
interface ReadonlyArray<T> {
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  with(index: number, value: T): T[];
}
interface Float64Array {
  toReversed(): Float64Array;
  toSorted(compare?: (a: number, b: number) => number): Float64Array;
  with(index: number, value: number): Float64Array;
}
interface Set<T> {
  union<U>(other: ReadonlySet<U>): Set<T | U>;
  intersection<U>(other: ReadonlySet<U>): Set<T & U>;
  difference(other: ReadonlySet<unknown>): Set<T>;
  isSubsetOf(other: ReadonlySet<unknown>): boolean;
}
interface PromiseConstructor {
  withResolvers<T>(): { promise: Promise<T>; resolve(value: T | PromiseLike<T>): void; reject(reason?: unknown): void };
}
interface ObjectConstructor {
  groupBy<K extends PropertyKey, T>(items: Iterable<T>, key: (item: T, index: number) => K): Partial<Record<K, T[]>>;
}
interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, key: (item: T, index: number) => K): Map<K, T[]>;
}

interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  dir(value: unknown, options?: object): void;
  dirxml(...values: unknown[]): void;
  table(rows: unknown, columns?: readonly string[]): void;
  assert(condition?: boolean, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...label: unknown[]): void;
  groupCollapsed(...label: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  /** Takes away what the cell has printed. */
  clear(): void;
}
declare var console: Console;

interface Timer {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  refresh(): this;
  close(): this;
  [Symbol.toPrimitive](): number;
}
declare function setTimeout(run: (...args: any[]) => void, milliseconds?: number, ...args: unknown[]): Timer;
declare function setInterval(run: (...args: any[]) => void, milliseconds?: number, ...args: unknown[]): Timer;
declare function setImmediate(run: (...args: any[]) => void, ...args: unknown[]): object;
declare function clearTimeout(timer?: Timer | number): void;
declare function clearInterval(timer?: Timer | number): void;
declare function clearImmediate(immediate?: object): void;
declare function prompt(message?: string, initial?: string): string;
declare function confirm(message?: string): boolean;
declare function alert(message?: string): void;
declare function queueMicrotask(run: () => void): void;
declare function structuredClone<T>(value: T): T;
declare var performance: { now(): number; readonly timeOrigin: number };

declare class EventTarget {
  addEventListener(type: string, listener: (event: Event) => void, options?: { once?: boolean }): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  dispatchEvent(event: Event): boolean;
}
declare class Event {
  constructor(type: string);
  readonly type: string;
  readonly target: EventTarget | null;
}
declare class AbortSignal extends EventTarget {
  static abort(reason?: unknown): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}
declare function atob(base64: string): string;
declare function btoa(text: string): string;

declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(init?: string | Record<string, string> | Iterable<[string, string]>);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  toString(): string;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
}

declare class Headers implements Iterable<[string, string]> {
  constructor(init?: Record<string, string> | Iterable<[string, string]>);
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<any>;
  text(): Promise<string>;
}
interface RequestOptions {
  method?: string;
  headers?: Headers | Record<string, string>;
  body?: string | ArrayBuffer | ArrayBufferView | URLSearchParams;
  signal?: AbortSignal;
}
declare function fetch(url: string | URL, options?: RequestOptions): Promise<Response>;

declare var process: {
  readonly argv: string[];
  readonly arch: string;
  readonly env: Record<string, string | undefined>;
  readonly pid: number;
  readonly platform: string;
  readonly version: string;
  readonly versions: Record<string, string | undefined>;
  cwd(): string;
  hrtime: { (): [seconds: number, nanoseconds: number]; bigint(): bigint };
  memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
  nextTick<A extends unknown[]>(run: (...args: A) => void, ...args: A): void;
  on(event: string, listener: (...args: any[]) => void): unknown;
  uptime(): number;
  readonly stdout: { write(text: string | Uint8Array): boolean };
  readonly stderr: { write(text: string | Uint8Array): boolean };
};
declare const require: { (specifier: string): any; resolve(specifier: string): string };
declare const global: typeof globalThis;

type BufferEncoding = "utf8" | "utf-8" | "utf16le" | "latin1" | "ascii" | "base64" | "base64url" | "hex";
interface Buffer extends Uint8Array {
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
}
declare var Buffer: {
  from(text: string, encoding?: BufferEncoding): Buffer;
  from(bytes: ArrayBuffer | ArrayLike<number>): Buffer;
  alloc(size: number, fill?: number): Buffer;
  concat(parts: readonly Uint8Array[]): Buffer;
  byteLength(text: string, encoding?: BufferEncoding): number;
  isBuffer(value: unknown): value is Buffer;
};
`;
