/** `console` as Node has it: it writes text to the streams of the process. */
import { formatWithOptions, inspect } from "node-inspect-extracted";
import { process } from "./process.ts";

const counts = new Map<string, number>();
const times = new Map<string, number>();
let indent = "";

function write(stream: "stdout" | "stderr", text: string): void {
  process[stream].write(`${text.replace(/^/gm, indent)}\n`);
}

const text = (values: unknown[]): string => formatWithOptions({}, ...values);
const out = (...values: unknown[]): void => write("stdout", text(values));
const err = (...values: unknown[]): void => write("stderr", text(values));

function elapsed(label: string): string {
  const ms = performance.now() - (times.get(label) ?? performance.now());
  return `${label}: ${ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms.toFixed(3)}ms`}`;
}

/** The rows of a table in a frame of lines. */
function table(rows: unknown, columns?: readonly string[]): void {
  if (typeof rows !== "object" || rows === null) {
    out(rows);
    return;
  }
  const entries = rows instanceof Map ? [...rows] : Object.entries(rows);
  const keys = columns ?? [...new Set(entries.flatMap(([, row]) => (isRow(row) ? Object.keys(row) : [])))];
  const hasValues = entries.some(([, row]) => !isRow(row));
  const cell = (value: unknown): string => inspect(value, { depth: 0 });
  const head = ["(index)", ...keys, ...(hasValues ? ["Values"] : [])];
  const body = entries.map(([key, row]) => [
    String(key),
    ...keys.map((name) => (isRow(row) && Object.hasOwn(row, name) ? cell(row[name]) : "")),
    ...(hasValues ? [isRow(row) ? "" : cell(row)] : []),
  ]);
  const widths = head.map((title, k) => Math.max(title.length, ...body.map((row) => row[k].length)) + 2);
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const row = (cells: readonly string[]): string =>
    `│${cells.map((value, k) => ` ${value.padEnd(widths[k] - 1)}`).join("│")}│`;
  out(
    [line("┌", "┬", "┐"), row(head), line("├", "┼", "┤"), ...body.map(row), line("└", "┴", "┘")].join("\n"),
  );
}

function isRow(row: unknown): row is Record<string, unknown> {
  return typeof row === "object" && row !== null;
}

function group(...label: unknown[]): void {
  if (label.length > 0) out(...label);
  indent += "  ";
}

export const nodeConsole = {
  log: out,
  info: out,
  debug: out,
  warn: err,
  error: err,
  dirxml: out,
  trace: (...values: unknown[]): void => err(`Trace: ${text(values)}`),
  dir: (value: unknown, options: object = {}): void =>
    write("stdout", inspect(value, { customInspect: false, ...options })),
  table,
  assert(condition?: unknown, ...values: unknown[]): void {
    if (!condition) err(values.length === 0 ? "Assertion failed" : `Assertion failed: ${text(values)}`);
  },
  count(label = "default"): void {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    out(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = "default"): void => void counts.delete(label),
  group,
  groupCollapsed: group,
  groupEnd(): void {
    indent = indent.slice(2);
  },
  time: (label = "default"): void => void times.set(label, performance.now()),
  timeLog: (label = "default", ...values: unknown[]): void => out(elapsed(label), ...values),
  timeEnd(label = "default"): void {
    out(elapsed(label));
    times.delete(label);
  },
  clear(): void {},
};
