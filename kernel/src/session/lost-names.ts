/** The names that a cell has not declared because it failed or was stopped. */

import type { Failure } from "../bridge.ts";
import type { Scope } from "../language/scope.ts";
import type { RunningCell } from "./context.ts";

/** Characters of an error's message that are quoted. */
const QUOTED = 120;

/** Leaves those names without a value, so that code that reads one later is told why. */
export function loseNames(scope: Scope, cell: RunningCell, failure: Failure): void {
  if (!cell.compiled) return;
  const { declared, steps } = cell.compiled;
  const given = new Set(steps.slice(0, cell.done.steps).flat());
  const planned = new Set(steps.flat());
  const reason = reasonOf(cell, failure);
  for (const { name } of declared) {
    // A name that is declared without a value may have one by now.
    const isLost = planned.has(name) ? !given.has(name) : scope.get(name) === undefined;
    if (isLost) scope.lose(name, reason);
  }
}

function reasonOf({ count, failedAt }: RunningCell, { ename, evalue }: Failure): string {
  const place = failedAt === undefined ? `cell [${count}]` : `cell [${count}], line ${failedAt},`;
  if (ename === "MemoryNearlyFull") return `${place} was stopped before the memory was full; run it again`;
  if (ename === "Interrupted") return `${place} was interrupted; run it again`;
  const [message] = evalue.split("\n");
  const quoted = message.length > QUOTED ? `${message.slice(0, QUOTED)}…` : message;
  return `${place} failed with ${ename}${quoted && `: ${quoted}`}; mend it and run it again`;
}
