/**
 * Measures Gradbook's kernel beside ipykernel, over the same sockets and by the same client, and writes the table with its
 * date and machine: `node bench/kernels.ts`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient } from "../test/kernel/client.ts";
import { commitNow, machine } from "./report.ts";

/** How often each kernel is started, in turns. */
const STARTS = Number(process.env.GRADBOOK_STARTS ?? 8);
/** After how many cells memory is looked at again. */
const MANY = 2000;

interface Kernel {
  readonly name: string;
  readonly command?: readonly string[];
  /** The file that the cell after it imports. */
  readonly file: readonly [name: string, text: string];
  readonly import: string;
  readonly small: (i: number) => string;
  readonly line: (i: number) => string;
  readonly complete: string;
}

const root = join(import.meta.dirname, "..");
const kernels: readonly Kernel[] = [
  {
    name: "Gradbook",
    file: ["helper.ts", "export const half = (x: number): number => x / 2;\n"],
    import: 'import { half } from "./helper.ts"; half(3)',
    small: (i) => `let w${i} = ${i}; w${i} + 1`,
    line: (i) => `const n${i} = ${i} * 2;`,
    complete: "[1, 2].",
  },
  {
    name: "ipykernel",
    command: [join(root, ".venv/bin/python"), "-m", "ipykernel_launcher", "-f"],
    file: ["helper.py", "def half(x):\n    return x / 2\n"],
    import: "from helper import half; half(3)",
    small: (i) => `w${i} = ${i}; w${i} + 1`,
    line: (i) => `n${i} = ${i} * 2`,
    complete: "[1, 2].",
  },
];

type Unit = "ms" | "MB";
/** What was measured of each kernel, in the order in which it is told. */
const measured = new Map<string, { readonly unit: Unit; readonly values: Map<string, number[]> }>();

function note(what: string, unit: Unit, kernel: Kernel, value: number): void {
  const row = measured.get(what) ?? { unit, values: new Map<string, number[]>() };
  measured.set(what, row);
  row.values.set(kernel.name, [...(row.values.get(kernel.name) ?? []), value]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function medianOf(count: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(await timed(() => work(i)));
  return median(times);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Lets a kernel tidy up. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 4000));

/** The part of the memory of the machine that a kernel takes, in MB, and its processor time in ms; Linux tells. */
function memoryOf({ process: { pid } }: KernelClient): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1000;
}
function processorOf({ process: { pid } }: KernelClient): number {
  const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = rest.split(" ").slice(11, 13).map(Number);
  return 10 * (user + system);
}

async function run(client: KernelClient, code: string): Promise<void> {
  const { reply } = await client.run(code);
  if (reply.status !== "ok") throw new Error(`${code.slice(0, 80)}: ${reply.ename}: ${reply.evalue}`);
}

async function start(kernel: Kernel, folder: string): Promise<KernelClient> {
  const client = await KernelClient.start({
    folder,
    quiet: true,
    ...(kernel.command && { other: kernel.command }),
  });
  await client.request("kernel_info");
  note("start to ready", "ms", kernel, performance.now() - client.startedAt);
  note("first cell", "ms", kernel, await timed(() => run(client, "1 + 1")));
  return client;
}

/** A short session. */
async function short(kernel: Kernel, folder: string): Promise<void> {
  const client = await start(kernel, folder);
  for (let i = 0; i < 10; i++) await run(client, kernel.small(i));
  note("small cell", "ms", kernel, await medianOf(20, (i) => run(client, kernel.small(100 + i))));
  const request = { code: kernel.complete, cursor_pos: kernel.complete.length };
  const complete = (): Promise<unknown> => client.request("complete", request);
  await complete();
  note("completion", "ms", kernel, await medianOf(20, complete));
  await client.stop();
}

/** A long one. */
async function long(kernel: Kernel, folder: string): Promise<void> {
  const client = await start(kernel, folder);
  await pause();
  note("memory after the first cell, idle", "MB", kernel, memoryOf(client));
  for (let i = 0; i < 50; i++) await run(client, kernel.small(i));
  const processor = async (from: number): Promise<number> => {
    const before = processorOf(client);
    for (let i = from; i < from + 100; i++) await run(client, kernel.small(i));
    return (processorOf(client) - before) / 100;
  };
  note("processor time of a small cell", "ms", kernel, await processor(50));
  for (let i = 150; i < MANY - 100; i++) await run(client, kernel.small(i));
  note(`the same after ${MANY} cells`, "ms", kernel, await processor(MANY - 100));
  note(`memory after ${MANY} cells`, "MB", kernel, memoryOf(client));
  await pause();
  note("the same, idle", "MB", kernel, memoryOf(client));
  await run(client, kernel.import);
  note("processor time with a local import", "ms", kernel, await processor(MANY));
  await run(client, Array.from({ length: 5000 }, (_, i) => kernel.line(i)).join("\n"));
  await run(client, "1");
  note("processor time after a cell of 5,000 lines", "ms", kernel, await processor(MANY + 100));
  await client.stop();
}

const folder = mkdtempSync(join(tmpdir(), "gradbook-kernels-"));
try {
  for (const { file } of kernels) writeFileSync(join(folder, file[0]), file[1]);
  for (let i = 0; i < STARTS; i++) for (const kernel of kernels) await short(kernel, folder);
  for (const kernel of kernels) await long(kernel, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const names = kernels.map(({ name }) => name);
const rows = [...measured].map(([what, { unit, values }]) => {
  const [ours, ...others] = names.map((name) => median(values.get(name) ?? []));
  const ratios = others.map((other) => `${other.toFixed(1)} | ${(ours / other).toFixed(2)}`);
  return `| ${what}, ${unit} | ${ours.toFixed(1)} | ${ratios.join(" | ")} |`;
});
const date = new Date().toISOString().slice(0, 10);
const text = [
  `# Kernels on ${date}`,
  `${machine(commitNow())}\n\nMedians of ${STARTS} starts, and of one long session each. Times of one cell or completion go from request to reply; processor times are those of the kernel's process.`,
  ["| | Gradbook | ipykernel | ratio |", "|---|---:|---:|---:|", ...rows].join("\n"),
].join("\n\n");
writeFileSync(join(import.meta.dirname, "results", `${date}-kernels.md`), `${text}\n`);
console.log(text);
