/** Lets work that is asked for again and again be done ten times a second at most, and the last time always. */

/** The shortest time in ms between two times that the same work is done. */
export const INTERVAL = 100;

/** Work that waits for its time. */
interface Waiting<Owner> {
  owner: Owner;
  work: () => void;
  readonly timer: NodeJS.Timeout;
}

// Taken before timers are followed: these belong to no cell, and no interrupt calls them off.
const { setTimeout, clearTimeout } = globalThis;

/** Work by its name; an owner can have all of its own done. */
export class Pace<Owner> {
  readonly #doneAt = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting<Owner>>();

  /** Does the work as soon as its time has come, unless there is newer work of the same name by then. */
  soon(name: string, owner: Owner, work: () => void): void {
    const left = (this.#doneAt.get(name) ?? Number.NEGATIVE_INFINITY) + INTERVAL - performance.now();
    if (left <= 0) {
      this.now(name, work);
      return;
    }
    const waiting = this.#waiting.get(name);
    if (waiting) Object.assign(waiting, { owner, work });
    else this.#waiting.set(name, { owner, work, timer: setTimeout(() => this.#finish(name), left) });
  }

  /** Does the work at once; what waits under its name is older, and forgotten. */
  now(name: string, work: () => void): void {
    clearTimeout(this.#waiting.get(name)?.timer);
    this.#waiting.delete(name);
    this.#doneAt.set(name, performance.now());
    work();
  }

  /** Does at once what waits of an owner. */
  finish(owner: Owner): void {
    const names = [...this.#waiting].filter(([, waiting]) => waiting.owner === owner).map(([name]) => name);
    for (const name of names) this.#finish(name);
  }

  #finish(name: string): void {
    const waiting = this.#waiting.get(name);
    if (waiting) this.now(name, waiting.work);
  }
}
