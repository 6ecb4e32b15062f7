/**
 * Types of what every cell finds in the global scope.
 *
 * Node's own, `@types/node`, take a second to read and 50 MB to keep. So cells begin with the few of them that notebooks
 * mostly use, and the rest comes with the first cell that is not content with those (node-types.ts).
 */

/** What the kernel adds to Node: functions of browsers, `who`, and what notebooks written for Deno use of it. */
const kernelTypes = `
/** The variables of this session in a table: what they are, their shapes, and how much memory they take. */
declare function who(): object;
interface DenoDisplayable { readonly [key: symbol]: () => Record<string, unknown> }
interface DenoJupyter {
  readonly $display: unique symbol;
  display(value: unknown, options?: { raw?: boolean; update?: boolean; display_id?: string }): Promise<void>;
  broadcast(
    type: string,
    content: Record<string, unknown>,
    extra?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
  ): Promise<void>;
  format(value: unknown): Promise<Record<string, unknown>>;
  html(parts: TemplateStringsArray, ...values: unknown[]): DenoDisplayable;
  md(parts: TemplateStringsArray, ...values: unknown[]): DenoDisplayable;
  svg(parts: TemplateStringsArray, ...values: unknown[]): DenoDisplayable;
  image(source: string | URL | Uint8Array): DenoDisplayable;
}
declare const Deno: {
  readonly jupyter: DenoJupyter;
  readonly args: string[];
  readonly version: { readonly deno: string; readonly v8: string; readonly typescript: string };
  readonly build: { readonly os: string; readonly arch: string };
  readonly env: {
    get(name: string): string | undefined;
    set(name: string, value: string): void;
    has(name: string): boolean;
    toObject(): Record<string, string | undefined>;
  };
  cwd(): string;
  readFile(file: string | URL): Promise<Uint8Array>;
  readFileSync(file: string | URL): Uint8Array;
  readTextFile(file: string | URL): Promise<string>;
  readTextFileSync(file: string | URL): string;
};
declare function prompt(message?: string, initial?: string): string;
declare function confirm(message?: string): boolean;
declare function alert(message?: string): void;
`;

/** Beside `@types/node`: names that the declarations of earlier cells may have taken from the few types below. */
export const typesBesideNode: string = `${kernelTypes}
interface Timer extends NodeJS.Timeout {}
interface RequestOptions extends RequestInit {}
`;

export const fewTypes: string = `${kernelTypes}
declare module "node:*";
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

/** `import * as tslab from "tslab"`, for notebooks written for that kernel. */
export const tslabTypes: string = `
type Show = (text: string) => void;
type ShowBytes = (bytes: Uint8Array) => void;
export interface Display {
  readonly javascript: Show;
  readonly html: Show;
  readonly markdown: Show;
  readonly latex: Show;
  readonly svg: Show;
  readonly text: Show;
  readonly png: ShowBytes;
  readonly jpeg: ShowBytes;
  readonly gif: ShowBytes;
  readonly pdf: ShowBytes;
  readonly raw: (type: string, content: unknown) => void;
}
export declare const display: Display;
/** A display that changes in place when something else is shown by it. */
export declare function newDisplay(): Display;
export declare const versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
`;
