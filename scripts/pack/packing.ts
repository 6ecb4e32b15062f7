/** Packing, one at a time: what is packed is gathered in folders that all packings of this checkout share. */
import { join } from "node:path";
import { type Turn, withLock } from "../setup/lock.ts";
import { cache } from "../setup/paths.ts";

/** Does the work while nobody else packs. */
export function packing<T>(stop: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> {
  const onWait = (pid: number) =>
    console.log(`Waiting for another packing of this folder to end (process ${pid})`);
  return withLock({ path: join(cache, "packing.lock"), stop, onWait }, work);
}
