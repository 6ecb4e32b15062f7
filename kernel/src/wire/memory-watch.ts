/**
 * Stops what fills the memory before V8 or the system ends the process, with all variables in it.
 *
 * V8 can be asked how full its heap is, but what it calls used may be garbage, and nobody can have it collected while code
 * runs. It collects by itself when the heap is half way, at the latest, between what was left the last time and its limit.
 * So what is well past that mark was not all garbage: V8 has looked, and much was left. When a cell has been stopped, what
 * remains is collected and counted, and the next one may go that far again.
 */

import { totalmem } from "node:os";

/** How often in ms the memory is looked at. */
const PERIOD = 50;
/** The part of the heap that may be in use after a start. */
const FULL = 0.7;
/** The part of what a stop has left free that may be in use before the next one. */
const AGAIN = 2 / 3;
/** What V8's limit holds beside the objects that stay: room for those that have just been made, in bytes. */
const YOUNG = 192 * 2 ** 20;
/** The part of the machine's memory that is left for others, and the part that must be ours before we are to blame. */
const LEFT = 0.05;
const OURS = 0.4;
/** By how much a process must have grown since something was stopped for the machine's sake, for that to happen again. */
const GROWTH = 1.03;

/** What is watched. */
export interface Watched {
  /** The bytes that V8 gives to objects before it ends the process. */
  readonly limit: number;
  /** The bytes that objects take, garbage included; answered when V8 has time. */
  used(): Promise<number>;
  /** Stops what runs; resolves when that is over, and its garbage collected. */
  stop(): Promise<void>;
}

/** The memory of the process and of the machine, in bytes. */
export interface Memory {
  readonly process: number;
  readonly available: number;
  readonly total: number;
}

/** Watches for as long as the process lives. */
export function watchMemory(watched: Watched): void {
  const watch = new MemoryWatch(watched);
  setInterval(() => void watch.look(memoryNow()), PERIOD).unref();
}

function memoryNow(): Memory {
  const limit = process.constrainedMemory(); // of the container; a number past all bounds where there is none
  return {
    process: process.memoryUsage.rss(),
    available: process.availableMemory(),
    total: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
  };
}

export class MemoryWatch {
  readonly #watched: Watched;
  /** The bytes that objects may take that stay. */
  readonly #room: number;
  #isLooking = false;
  /** The bytes of objects that were left when a cell was stopped, and since then at the least. */
  #left = 0;
  /** The bytes of the process when it was stopped for the machine's sake, and since then at the least. */
  #accepted = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#room = Math.max(watched.limit - YOUNG, watched.limit / 2);
  }

  /** Looks once; resolves when that is over, and what it has stopped. */
  async look(memory: Memory): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    await this.#look(memory);
    this.#isLooking = false;
  }

  async #look(memory: Memory): Promise<void> {
    this.#accepted = Math.min(this.#accepted, memory.process);
    this.#left = Math.min(this.#left, memory.process);
    const isScarce = memory.available < LEFT * memory.total && memory.process > OURS * memory.total;
    if (isScarce && memory.process >= this.#accepted * GROWTH) {
      await this.#watched.stop();
      this.#accepted = memory.process;
      return;
    }
    // More objects than the process has bytes there cannot be: V8 need not be disturbed.
    if (memory.process < FULL * this.#room) return;
    const used = await this.#watched.used();
    this.#left = Math.min(this.#left, used);
    if (used < Math.max(FULL * this.#room, this.#left + AGAIN * (this.#room - this.#left))) return;
    await this.#watched.stop();
    this.#left = await this.#watched.used();
  }
}
