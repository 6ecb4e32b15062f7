/** What a tensor was computed as part of: a layer, or whatever a person would call by one name. */

/** One run of such a part. */
export interface Scope {
  readonly label: string;
  /** The part that this one is part of. */
  readonly parent: Scope | null;
}

let current: Scope | null = null;

/** The part that runs at this moment. */
export function currentScope(): Scope | null {
  return current;
}

/** Runs `compute` as one part; graphs show what it computes as one until somebody opens it. */
export function within<R>(label: string, compute: () => R): R {
  const before = current;
  current = { label, parent: before };
  try {
    return compute();
  } finally {
    current = before;
  }
}

/** Leaves all parts, when code was stopped in the middle of one. */
export function leaveAll(): void {
  current = null;
}
