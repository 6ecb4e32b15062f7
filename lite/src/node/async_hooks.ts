/**
 * `node:async_hooks`: the cell that code belongs to. A browser does not tell it across an `await`, only we across our own
 * timers (timers.ts): after one the newest cell counts, which is the right one unless another runs meanwhile.
 */
let current: unknown;

export class AsyncLocalStorage<T> {
  getStore(): T | undefined {
    return current as T | undefined;
  }

  run<R>(value: T, action: () => R): R {
    const before = current;
    current = value;
    try {
      return action();
    } finally {
      current = before;
    }
  }
}

/** A function that runs as part of what called this, whenever it is called. */
export function keptContext<A extends unknown[]>(run: (...values: A) => void): (...values: A) => void {
  const kept = current;
  return (...values) => {
    const before = current;
    current = kept;
    try {
      run(...values);
    } finally {
      current = before;
    }
  };
}
