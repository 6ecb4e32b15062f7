/**
 * Stops what fills the memory before V8 or the system ends the process, with all variables in it.
 *
 * V8 can be asked how full its heap is, but does not always answer at once, and what it calls used may be garbage: it
 * collects when the heap is half way between what was left the last time and the limit. So a heap counts as full when it
 * has been rather full for a while, or is very full now; when no answer comes, the size of the process has to tell.
 */

import { totalmem } from "node:os";

/** How often in ms the memory is looked at. */
const PERIOD = 100;
/** The part of the heap that may be in use for no longer than so many ms. */
const HIGH = 0.65;
const WHILE = 2000;
/** The part of the heap that may not be in use at all. */
const FULL = 0.8;
/** The part of the machine's memory that is left for others, and the part that must be ours before we are to blame. */
const LEFT = 0.05;
const OURS = 0.4;

/** By how much a process must have grown since something was stopped, for the next thing to be stopped. */
const GROWTH = 1.03;

/** What is watched. */
export interface Watched {
  /** The bytes that V8 gives to objects before it ends the process. */
  readonly limit: number;
  /** The bytes that objects take, garbage included. */
  used(): Promise<number>;
  /** Stops what runs; resolves when that is over. */
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
  setInterval(() => void watch.look(memoryNow(), performance.now()), PERIOD).unref();
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
  /** When V8 was asked, until it answers. */
  #askedAt: number | undefined;
  /** Since when the heap has been more than half full. */
  #highSince: number | undefined;
  #isStopping = false;
  /** What the process had when something was stopped last: as long as it does not grow, nothing more is stopped. */
  #accepted = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Looks once, at a time in ms. */
  async look(memory: Memory, now: number): Promise<void> {
    if (this.#isStopping) return;
    const { limit } = this.#watched;
    this.#accepted = Math.min(this.#accepted, memory.process);
    if (memory.available < LEFT * memory.total && memory.process > OURS * memory.total) {
      await this.#stop(memory.process);
      return;
    }
    if (memory.process < HIGH * limit) {
      this.#highSince = undefined;
      return;
    }
    if (this.#askedAt !== undefined) {
      const isSilent = now - this.#askedAt > WHILE && memory.process > FULL * limit;
      if (isSilent) await this.#stop(memory.process);
      return;
    }
    this.#askedAt = now;
    const used = await this.#watched.used();
    this.#askedAt = undefined;
    if (used < HIGH * limit) this.#highSince = undefined;
    else this.#highSince ??= now;
    const isHigh = this.#highSince !== undefined && now - this.#highSince >= WHILE;
    if (isHigh || used > FULL * limit) await this.#stop(memory.process);
  }

  async #stop(bytes: number): Promise<void> {
    if (this.#isStopping || bytes < this.#accepted * GROWTH) return;
    this.#isStopping = true;
    this.#highSince = undefined;
    this.#accepted = bytes;
    await this.#watched.stop();
    this.#isStopping = false;
  }
}
