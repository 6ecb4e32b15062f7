/** Lets work that is asked for again and again be done ten times a second at most, and the last time always. */

import { later } from "./own-timers.ts";

/** The shortest time in ms between two times that the same work is begun. */
const INTERVAL = 100;

/** Answers a promise, which does not reject, for work that goes on after it was begun. */
export type Work = () => Promise<void> | undefined;

/** All work of one name. */
interface Task<Owner> {
  begunAt: number;
  /** Whose work was begun last. */
  owner: Owner;
  /** Resolves when that is over; undefined once it is. */
  running: Promise<void> | undefined;
  waiting: { readonly owner: Owner; readonly work: Work } | undefined;
  callOff: () => void;
}

/** Work by its name; an owner can have all of its own finished. */
export class Pace<Owner> {
  readonly #tasks = new Map<string, Task<Owner>>();

  /** Does the work when it is due and what was begun is over, unless there is newer work by then. */
  soon(name: string, owner: Owner, work: Work): void {
    const task = this.#task(name, owner);
    const isPlanned = task.waiting !== undefined;
    task.waiting = { owner, work };
    if (task.running) return;
    if (performance.now() >= task.begunAt + INTERVAL) this.#take(task);
    else if (!isPlanned) this.#plan(task);
  }

  /** Does the work at once; what waits under its name is older, and forgotten. */
  now(name: string, owner: Owner, work: Work): void {
    this.#begin(this.#task(name, owner), owner, work);
  }

  /** Whether something of an owner waits or goes on. */
  owes(owner: Owner): boolean {
    return [...this.#tasks.values()].some((task) => task.waiting?.owner === owner || goesOnFor(task, owner));
  }

  /** Does at once what waits of an owner; a promise if something of the owner goes on. */
  finish(owner: Owner): Promise<unknown> | undefined {
    const tasks = [...this.#tasks.values()];
    for (const task of tasks) if (task.waiting?.owner === owner) this.#take(task);
    const going = tasks.filter((task) => goesOnFor(task, owner));
    return going.length === 0 ? undefined : Promise.all(going.map((task) => this.#drain(task, owner)));
  }

  async #drain(task: Task<Owner>, owner: Owner): Promise<void> {
    while (goesOnFor(task, owner)) {
      await task.running;
      if (task.waiting?.owner === owner) this.#take(task);
    }
  }

  #task(name: string, owner: Owner): Task<Owner> {
    let task = this.#tasks.get(name);
    if (!task) {
      const begunAt = Number.NEGATIVE_INFINITY;
      task = { owner, begunAt, running: undefined, waiting: undefined, callOff: () => {} };
      this.#tasks.set(name, task);
    }
    return task;
  }

  #plan(task: Task<Owner>): void {
    const left = task.begunAt + INTERVAL - performance.now();
    task.callOff = later(Math.max(left, 0), () => this.#take(task));
  }

  #take(task: Task<Owner>): void {
    const { waiting, running } = task;
    if (waiting && !running) this.#begin(task, waiting.owner, waiting.work);
  }

  #begin(task: Task<Owner>, owner: Owner, work: Work): void {
    task.callOff();
    task.owner = owner;
    task.waiting = undefined;
    task.running = undefined;
    task.begunAt = performance.now();
    const goesOn = work();
    if (!goesOn) return;
    const over = (): void => {
      if (task.running !== running) return;
      task.running = undefined;
      if (task.waiting) this.#plan(task);
    };
    const running: Promise<void> = goesOn.then(over);
    task.running = running;
  }
}

function goesOnFor<Owner>({ running, waiting, owner: current }: Task<Owner>, owner: Owner): boolean {
  return running !== undefined && (waiting?.owner ?? current) === owner;
}
