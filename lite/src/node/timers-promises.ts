/** `node:timers/promises`. */
import timers from "./timers.ts";

const promises = {
  setTimeout: <T>(ms?: number, value?: T): Promise<T> =>
    new Promise((resolve) => timers.setTimeout(() => resolve(value as T), ms)),
  setImmediate: <T>(value?: T): Promise<T> =>
    new Promise((resolve) => timers.setImmediate(() => resolve(value as T))),
};

export const { setTimeout, setImmediate } = promises;
export default promises;
