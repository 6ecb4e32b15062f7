/** Node's and the web's types: those of Node itself, and nothing that is there is refused. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, refuse, compile, language } = openNotebook();

/** A cell that compiles; what it does need not run here. */
const accepted = async (code: string): Promise<void> => void (await compile(code));

describe("Names of Node and of the web have their types:", () => {
  test.each([
    'crypto.randomUUID().split("-", 1)',
    'new Blob(["a"]).size.toFixed()',
    'new Response("x", { status: 201 }).headers.get("a")?.length',
    'const form = new FormData(); form.append("a", "b")',
    'const socket = () => new WebSocket("ws://localhost").readyState.toFixed()',
    "navigator.hardwareConcurrency.toFixed()",
    "process.stdin.isTTY; process.memoryUsage.rss().toFixed(); process.version.length",
    'performance.mark("a").startTime.toFixed()',
    "console.clear(); console.timeStamp()",
    'new AbortController().signal.addEventListener("abort", () => {}, { once: true })',
    'Buffer.from("a").readUInt8(0).toFixed()',
    'new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(1)).length',
    'new URL("http://a/b").searchParams.entries().toArray()',
    "structuredClone(new Map([[1, 2]])).get(1)?.toFixed()",
    'await fetch("data:,a", { signal: AbortSignal.timeout(9) }).then((answer) => answer.blob())',
    "const timer = setTimeout(() => {}, 1); timer.unref().hasRef(); clearTimeout(timer)",
    'new CompressionStream("gzip").readable; new ReadableStream({ start() {} }).locked',
    'new BroadcastChannel("a").close()',
    'const e: NodeJS.ErrnoException = new Error("a"); e.code?.length',
  ])("%s", accepted);

  test("so that a mistake is found", async () => {
    expect((await refuse("crypto.randomUUID().nothing"))[0].message).toMatch(
      /^Property 'nothing' does not exist on type '`/,
    );
    expect((await refuse('import fs from "node:fs"\nfs.readFileSync(1, 2, 3)'))[0].message).toMatch(
      /^Expected 1-2 arguments/,
    );
  });
});

test("no name that Node has in its global scope is refused", async () => {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  expect(names.length).toBeGreaterThan(100);
  await accepted(`const all: unknown[] = [${names.join(", ")}]`);
});

test("nor what an earlier cell has put there", async () => {
  const cell = await language.compile("[later, later.anything]", 500, [], ["later"]);
  expect(cell.ok).toBe(true);
  await accepted("globalThis.another = 1");
  expect((await refuse("nowhere + 1"))[0].message).toBe("Cannot find name 'nowhere'");
});

test("every module of Node can be imported, and most have types", async () => {
  const modules = builtinModules.filter(
    (name) => !name.startsWith("_") && !/^(?:sys|wasi|trace_events)$/.test(name),
  );
  await accepted(
    modules
      .map((name, i) => `import * as m${i} from "${name.includes(":") ? name : `node:${name}`}"`)
      .join("\n"),
  );
  expect(await run('import { basename } from "node:path"\nbasename("a/b").toUpperCase()')).toBe("B");
  const { matches } = await language.complete('import fs from "node:fs"\nfs.readFileS', 37);
  expect(matches[0]).toMatchObject({ text: "readFileSync", type: "function" });
});

test("what earlier cells declare keeps its type when Node's types are read", async () => {
  const notebook = openNotebook();
  await notebook.compile("const beat = setTimeout(() => {}, 1); const headers = new Headers()");
  await notebook.compile('import fs from "node:fs"');
  expect((await notebook.refuse("beat.nothing"))[0].message).toMatch(/^Property 'nothing' does not exist/);
  await notebook.compile("clearTimeout(beat.unref()); headers.getSetCookie().length");
});

test("the types of Node that a notebook's folder has win", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-node-"));
  try {
    const types = join(folder, "node_modules/@types/node");
    mkdirSync(types, { recursive: true });
    writeFileSync(join(types, "index.d.ts"), 'declare module "node:fs" { export const ours: 7 }');
    const notebook = openNotebook(folder);
    await notebook.compile('import { ours } from "node:fs"\nconst seven: 7 = ours');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a cell that asks for it is not checked, and a global declaration holds in later cells", async () => {
  await accepted('// pasted from somewhere\n// @ts-nocheck\nconst wrong: number = "a"; wrong.nothing');
  await accepted(
    "declare global { var mine: number; interface Array<T> { tail(): T } }\nglobalThis.mine = 3",
  );
  await accepted("const other = 1");
  await accepted("mine.toFixed(); [1].tail().toFixed()");
  expect((await refuse('const wrong: number = "a"')).length).toBe(1);
});
