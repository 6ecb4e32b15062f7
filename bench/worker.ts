/** The process of a rival in JavaScript: prepares the work of a case, answers and is timed, as it is asked on stdin. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { Case, Foreign, Prepare, Prepared } from "./case.ts";

const [scratch, caseFile, name, ...packages] = process.argv.slice(2);
const library = await load(packages);
const cases: readonly Case[] = (await import(pathToFileURL(caseFile).href)).default;
let prepared: Prepared;

for await (const line of createInterface({ input: process.stdin })) {
  let answer: object;
  try {
    answer = await answerTo(JSON.parse(line));
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`@${JSON.stringify(answer)}\n`);
}

async function answerTo(question: Foreign): Promise<object> {
  const { prepare, time, isWall } = question;
  if (prepare !== undefined) {
    const { index, size } = prepare;
    const ready = cases[index].rivals[name as keyof Case["rivals"]] as Prepare<Foreign>;
    prepared = await ready(library, size);
    await prepared.work();
    return { version: versionOf(packages[0]), answer: (await prepared.answer?.()) ?? null };
  }
  return timed(time, isWall);
}

/** Processor time of all threads of this process in seconds: what else the machine does is not counted. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs the work for about that many seconds, at least once, and tells the seconds of one run. */
async function timed(seconds: number, isWall: boolean): Promise<object> {
  const { work } = prepared;
  const clock = isWall ? () => performance.now() / 1000 : processorTime;
  let runs = 0;
  let batch = 1;
  const start = clock();
  for (;;) {
    for (let k = 0; k < batch; k++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    runs += batch;
    const elapsed = clock() - start;
    if (elapsed >= seconds) return { seconds: elapsed / runs, runs };
    // As many as fit into what is left, but not so many that one slow batch lasts too long.
    const left = elapsed === 0 ? runs : Math.floor((runs * (seconds - elapsed)) / elapsed);
    batch = Math.max(1, Math.min(4 * runs, left));
  }
}

/** The package of the rival, with its backend where it has several. */
async function load([main, backend]: readonly string[]): Promise<Foreign> {
  if (main === "gradbook") {
    if (process.env.GRADBOOK_BLAS !== undefined) await connectBlas();
    return { ...(await import("gradbook")) };
  }
  // A file beside the packages, as Node looks for them where the importing file is.
  const door = join(scratch, "load.mjs");
  writeFileSync(door, "export const load = (name) => import(name);\n");
  const { load: open } = await import(pathToFileURL(door).href);
  const library = await open(main);
  if (backend === undefined) {
    if (main !== "@jax-js/jax") return library;
    await library.init("wasm");
    library.defaultDevice("wasm");
    return library;
  }
  const tf = library.default ?? library;
  const { setThreadsCount, setWasmPaths } = await open(backend);
  setThreadsCount(1);
  setWasmPaths(`${join(scratch, "node_modules", backend, "dist")}/`);
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

/** The library as in a kernel that was started with GRADBOOK_BLAS=1. */
async function connectBlas(): Promise<void> {
  const { connectHost, useBlas } = await import("gradbook/session");
  const { findBlas } = await import("../kernel/src/session/blas.ts");
  connectHost({ blas: findBlas, display() {}, clearOutput() {}, note() {} });
  useBlas();
}

function versionOf(main: string): string {
  if (main === "gradbook") return `on Node ${process.version.slice(1)}`;
  return createRequire(join(scratch, "load.mjs"))(join(scratch, "node_modules", main, "package.json"))
    .version;
}
