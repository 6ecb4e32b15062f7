/** What a session is asked that may not hear it. */

import { expect, test } from "vitest";
import type { ToSession } from "../../kernel/src/bridge.ts";
import { SessionCalls } from "../../kernel/src/wire/session-calls.ts";

test("A cell of which a session has not heard is made known to it once more, and is over when it says so", async () => {
  const told: ToSession[] = [];
  const calls = new SessionCalls((message) => told.push(message));
  const cell = {
    id: 3,
    count: 4,
    source: "let a = 1",
    place: "let a = 1",
    cellId: undefined,
    allowInput: false,
  };
  const compilation = { ok: false, diagnostics: [] } as const;
  const outcome = calls.run(cell, compilation);
  calls.receive({ type: "missed", cell: 2 }); // long over
  calls.receive({ type: "missed", cell: 3 });
  expect(told).toEqual([
    { type: "run", cell, compilation },
    { type: "skip", cell, compilation },
  ]);
  const failure = { ename: "Interrupted", evalue: "", traceback: [] };
  calls.receive({ type: "done", cell: 3, outcome: { status: "error", failure }, lost: ["a"], globals: [] });
  expect(await outcome).toEqual({ status: "error", failure });
  expect(calls.lost).toEqual(["a"]);
});
