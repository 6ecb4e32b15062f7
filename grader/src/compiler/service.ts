/**
 * The kernel's TypeScript, in the sandbox: it reads code and runs none, so one of it serves many notebooks. What it has
 * compiled after the same cells it knows by heart, which most notebooks of a class begin with.
 */

import { createHash } from "node:crypto";
import { readSync, writeSync } from "node:fs";
import { createLanguage, type Memory } from "@gradbook/kernel/language/engine";
import type { Compilation } from "@gradbook/kernel/language/protocol";

/** A cell to compile after others. */
export interface CompileQuestion {
  /** The key of what is known before it; `null` at the start of a notebook. */
  readonly after: string | null;
  readonly source: string;
  readonly cell: number;
  readonly lost: readonly string[];
}

/** What became of it; without a compilation where the key means nothing here, as after a new start. */
export interface CompileAnswer {
  readonly key: string;
  readonly compilation: Compilation | null;
}

/** The way on which answers go. */
const ANSWERS = 3;
const ROOM = 4000;

const language = createLanguage({ folder: "/home" });
const start: Kept = { key: "", memory: language.memory() };
const byKey = new Map<string, Kept>([["", start]]);
const done = new Map<string, CompileAnswer>();

interface Kept {
  readonly key: string;
  readonly memory: Memory;
}

async function answer({ after, source, cell, lost }: CompileQuestion): Promise<CompileAnswer> {
  const known = byKey.get(after ?? "");
  if (!known) return { key: "", compilation: null };
  const name = hash(known.key, source, String(cell), ...lost);
  const before = done.get(name);
  if (before && byKey.has(before.key)) return before;
  language.recall(known.memory);
  const compilation = await language.compile(source, cell, lost);
  const memory = compilation.ok ? language.memory() : known.memory;
  // By what is known and not by what was said: bodies of functions differ, their types often do not.
  const key = compilation.ok ? hash(JSON.stringify(memory)) : known.key;
  if (byKey.size > ROOM) forget();
  byKey.set(key, { key, memory });
  const said = { key, compilation };
  done.set(name, said);
  return said;
}

function forget(): void {
  byKey.clear();
  done.clear();
  byKey.set("", start);
}

function hash(...parts: readonly string[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest("base64").slice(0, 24);
}

const chunk = Buffer.alloc(1 << 16);
let pending: Buffer = Buffer.alloc(0);
for (;;) {
  const end = pending.indexOf(10);
  if (end < 0) {
    const count = readSync(0, chunk);
    if (count === 0) break;
    pending = Buffer.concat([pending, chunk.subarray(0, count)]);
    continue;
  }
  const question = JSON.parse(pending.toString("utf8", 0, end)) as CompileQuestion;
  pending = pending.subarray(end + 1);
  const bytes = Buffer.from(`${JSON.stringify(await answer(question))}\n`);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(ANSWERS, bytes, sent);
}
