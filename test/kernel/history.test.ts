/** What a kernel remembers of the sessions before it. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { History } from "../../kernel/src/wire/history.ts";
import { HistoryFile } from "../../kernel/src/wire/history-file.ts";

/** A new session over the same folder, as a restart of the kernel makes one. */
function restart(folder: string, time: number): History {
  const now = Date.now;
  const { JUPYTER_DATA_DIR } = process.env;
  try {
    Date.now = () => time;
    process.env.JUPYTER_DATA_DIR = folder;
    return new History(new HistoryFile());
  } finally {
    Date.now = now;
    if (JUPYTER_DATA_DIR === undefined) delete process.env.JUPYTER_DATA_DIR;
    else process.env.JUPYTER_DATA_DIR = JUPYTER_DATA_DIR;
  }
}

/** The cells that a request asks for, as session, line and source. */
function ask(history: History, request: Partial<Parameters<History["answer"]>[0]>): unknown {
  const nothing = {
    session: null,
    start: null,
    stop: null,
    n: null,
    pattern: null,
    unique: null,
    output: false,
  };
  return history.answer({ hist_access_type: "tail", ...nothing, ...request });
}

const tail = { hist_access_type: "tail", n: 10 } as const;

test("Cells of earlier sessions are found again, by their sessions, unless no person has sent them", () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-history-"));
  try {
    const first = restart(folder, 1);
    first.add(1, "const a = 1", true);
    first.add(2, "of a program", false);
    expect(ask(first, tail)).toEqual([
      [1, 1, "const a = 1"],
      [1, 2, "of a program"],
    ]);
    const second = restart(folder, 2);
    second.add(1, 'const b = "é\\n"', true);
    expect(ask(second, tail)).toEqual([
      [1, 1, "const a = 1"],
      [2, 1, 'const b = "é\\n"'],
    ]);
    expect(ask(second, { hist_access_type: "range", session: 0 })).toEqual([[2, 1, 'const b = "é\\n"']]);
    expect(ask(second, { hist_access_type: "range", session: -1 })).toEqual([[1, 1, "const a = 1"]]);
    expect(ask(second, { hist_access_type: "search", pattern: "*a = *" })).toEqual([[1, 1, "const a = 1"]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("A file that is damaged or too long harms nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-history-"));
  try {
    restart(folder, 1).add(1, "whole", true);
    const file = join(folder, "gradbook/history.jsonl");
    writeFileSync(file, `${readFileSync(file, "utf8")}{"session": 1, "li\n[]\n`);
    const second = restart(folder, 2);
    expect(ask(second, tail)).toEqual([[1, 1, "whole"]]);
    for (let line = 1; line <= 100; line++) second.add(line, "x".repeat(19_000), true);
    expect(readFileSync(file).length).toBeLessThan(1_100_000);
    expect(ask(restart(folder, 3), { hist_access_type: "tail", n: 1 })).toEqual([
      [1, 100, "x".repeat(19_000)],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
