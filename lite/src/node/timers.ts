/** `node:timers`: timers that are objects, as in Node, and know what started them. */
import { keptContext } from "./async_hooks.ts";

// biome-ignore lint/suspicious/noExplicitAny: a timer passes on whatever its callback takes
type Callback = (...values: any[]) => void;

const browser = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  setInterval: globalThis.setInterval.bind(globalThis),
  clear: globalThis.clearTimeout.bind(globalThis),
};

class Timer {
  readonly #start: () => number;
  #id: number;

  constructor(start: () => number) {
    this.#start = start;
    this.#id = start();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    browser.clear(this.#id);
    this.#id = this.#start();
    return this;
  }

  close(): this {
    browser.clear(this.#id);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

export function setTimeout(run: Callback, ms = 0, ...values: unknown[]): Timer {
  const kept = keptContext(run);
  return new Timer(() => browser.setTimeout(() => kept(...values), ms) as unknown as number);
}

export function setInterval(run: Callback, ms = 0, ...values: unknown[]): Timer {
  const kept = keptContext(run);
  return new Timer(() => browser.setInterval(() => kept(...values), ms) as unknown as number);
}

// A browser makes timers wait for 4 ms when they start each other; messages do not wait.
const channel = new MessageChannel();
const turns = new Map<number, () => void>();
let turn = 0;
channel.port1.onmessage = ({ data }: MessageEvent<number>) => {
  const run = turns.get(data);
  turns.delete(data);
  run?.();
};

class Immediate {
  readonly id: number = ++turn;
}

export function setImmediate(run: Callback, ...values: unknown[]): Immediate {
  const kept = keptContext(run);
  const immediate = new Immediate();
  turns.set(immediate.id, () => kept(...values));
  channel.port2.postMessage(immediate.id);
  return immediate;
}

export function clearTimeout(timer?: Timer | number): void {
  if (timer !== undefined && timer !== null) browser.clear(Number(timer));
}

export const clearInterval = clearTimeout;

export function clearImmediate(immediate?: Immediate): void {
  if (immediate instanceof Immediate) turns.delete(immediate.id);
}

const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
export default timers;
