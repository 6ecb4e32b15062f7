/**
 * `spawnSync`, `execSync` and `execFileSync` that an interrupt can stop: the program is started by another thread, for
 * which this one waits, so that what is printed is seen at once, too.
 */

import type { SpawnSyncOptions, SpawnSyncReturns } from "node:child_process";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Ended, Order, Report } from "./child-worker.ts";
import { routed } from "./stdio.ts";

type Options = SpawnSyncOptions & { readonly encoding?: string | null };
type Result = SpawnSyncReturns<string | Buffer>;

/** The most that one stream of a program may write, unless an option says otherwise, as in Node. */
const MOST = 1024 * 1024;

let worker: Worker | undefined;
/** The line to the program that is waited for. */
let waitedFor: MessagePort | undefined;

/** Ends the program that an interrupt has torn the main thread from. */
export function endAwaitedChild(): void {
  waitedFor?.postMessage("end");
  waitedFor = undefined;
}

export function spawnSync(file: string, ...rest: [(readonly string[] | Options)?, Options?]): Result {
  const { args, options } = parsed(rest);
  return resultOf(`spawnSync ${file}`, file, args, options, run(file, args, options));
}

export function execFileSync(
  file: string,
  ...rest: [(readonly string[] | Options)?, Options?]
): string | Buffer {
  const { args, options } = parsed(rest);
  return outputOf([file, ...args].join(" "), spawnSync(file, args, options), options);
}

export function execSync(command: string, options: Options = {}): string | Buffer {
  const ran = spawnSync(command, { ...options, shell: options.shell ?? true });
  return outputOf(command, ran, options);
}

function parsed(rest: readonly unknown[]): { args: readonly string[]; options: Options } {
  const [first, second] = rest as [readonly string[] | Options | undefined, Options | undefined];
  if (Array.isArray(first)) return { args: first, options: second ?? {} };
  return { args: [], options: (first as Options | undefined) ?? second ?? {} };
}

/** Starts the program and waits for its end. */
function run(file: string, args: readonly string[], options: Options): Ended {
  worker ??= startWorker();
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { stdio, into } = routed(options.stdio ?? "pipe");
  const { signal: _, stdio: __, input, ...plain } = options;
  const order: Order = {
    file,
    args: args.map(String),
    options: {
      ...plain,
      env: { ...(options.env ?? process.env) },
      cwd: String(options.cwd ?? process.cwd()),
    },
    stdio: stdio.map((kind) => kindFor(kind)),
    input: typeof input === "string" ? input : input && new Uint8Array(Buffer.from(input as Uint8Array)),
    most: options.maxBuffer ?? MOST,
    kept: stdio.flatMap((kind, index) => (kind === "pipe" && !into.has(index) ? [index] : [])),
    flag,
    port: port2,
  };
  worker.postMessage(order, [port2]);
  waitedFor = port1;
  try {
    for (;;) {
      const seen = Atomics.load(flag, 0);
      for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1)) {
        const report = next.message as Report;
        if (report.type === "ended") return report;
        const name = into.get(report.index);
        if (name) process[name].write(report.chunk);
      }
      Atomics.wait(flag, 0, seen);
    }
  } finally {
    // A termination by an interrupt skips these lines, and the program is ended.
    waitedFor = undefined;
    port1.close();
  }
}

/** How another thread is told of a stream; it knows the same file descriptors. */
function kindFor(kind: unknown): Order["stdio"][number] {
  if (typeof kind === "number" || kind === "ignore") return kind;
  const { fd } = (kind ?? {}) as { fd?: unknown };
  return typeof fd === "number" ? fd : "pipe";
}

function startWorker(): Worker {
  const started = new Worker(new URL("./child-worker.js", import.meta.url));
  started.unref();
  return started;
}

function resultOf(
  syscall: string,
  path: string,
  args: readonly string[],
  { encoding }: Options,
  ended: Ended,
): Result {
  const decode = (bytes: Uint8Array | null): string | Buffer | null => {
    if (bytes === null) return null;
    const buffer = Buffer.from(bytes);
    return encoding && encoding !== "buffer" ? buffer.toString(encoding as BufferEncoding) : buffer;
  };
  const output = ended.output.map(decode);
  const { pid, status, signal, failure } = ended;
  const error =
    failure &&
    Object.assign(new Error(`${syscall} ${failure}`), { code: failure, syscall, path, spawnargs: [...args] });
  const [, stdout, stderr] = output;
  return { pid, output, stdout, stderr, status, signal, ...(error && { error }) } as Result;
}

/** What `execSync` and `execFileSync` answer, or throw. */
function outputOf(command: string, ran: Result, { stdio }: Options): string | Buffer {
  if (!stdio && ran.stderr) process.stderr.write(ran.stderr);
  if (ran.error) throw Object.assign(ran.error, ran);
  if (ran.status !== 0) {
    const words = ran.stderr && ran.stderr.length > 0 ? `\n${ran.stderr}` : "";
    throw Object.assign(new Error(`Command failed: ${command}${words}`), ran);
  }
  return ran.stdout;
}
