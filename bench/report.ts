/** What was measured, as text: medians, ratios and goals, and the facts of the machine. */
import { spawnSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import type { Case, Goal } from "./case.ts";
import type { Result, Time } from "./measure.ts";
import { canPin, type Name, rivals } from "./rivals.ts";

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1 };

/** A time in the unit of its case. */
export function inUnit({ unit, operations }: Case, size: number, seconds: number): number {
  if (unit === "GFLOP/s") return (operations?.(size) ?? 0) / seconds / 1e9;
  return seconds / SECONDS[unit];
}

/** A case as a table: a row for each rival, a column for each size, and below it the goals. */
export function tableOf(result: Result): string {
  const { case: one, times, failures } = result;
  const sizes = one.sizes?.values ?? [0];
  const head = sizes.map((size) => (one.sizes === undefined ? one.unit : `${size}`));
  const lines = [
    `| ${one.sizes?.of === undefined ? "" : `${one.unit}, by ${one.sizes.of}`} | ${head.join(" | ")} |`,
    `|---|${sizes.map(() => "---:|").join("")}`,
    ...[...times].map(
      ([name, row]) =>
        `| ${name} | ${sizes.map((size) => cell(result, name, row.get(size), size)).join(" | ")} |`,
    ),
  ];
  const goals = (one.goals ?? []).map((goal) => `- ${sentenceOf(result, goal)}`);
  return [lines.join("\n"), goals.join("\n"), failures.map((text) => `- ${text}`).join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The median, how far the middle half of the rounds lay apart, and the ratio to Gradbook. */
function cell({ case: one, times }: Result, name: Name, time: Time | undefined, size: number): string {
  if (time === undefined) return "–";
  const spread = Math.round((100 * (time.high - time.low)) / time.seconds);
  const ours = times.get("Gradbook")?.get(size);
  const isOurs = name === "Gradbook" || ours === undefined;
  const ratio = isOurs ? "" : ` (${digits(time.seconds / ours.seconds)}×)`;
  return `${digits(inUnit(one, size, time.seconds))}${ratio}${spread > 10 ? ` ±${spread} %` : ""}`;
}

/** A goal, what was reached, and whether that is enough; null where it was not measured. */
export function reached({ case: one, times }: Result, goal: Goal): { value: number; isMet: boolean } | null {
  const at = goal.at ?? one.sizes?.values.at(-1) ?? 0;
  const time = times.get(goal.of)?.get(at);
  const other = goal.over === undefined ? undefined : times.get(goal.over)?.get(goal.overAt ?? at);
  if (time === undefined || (goal.over !== undefined && other === undefined)) return null;
  const mine = inUnit(one, at, time.seconds);
  const value = other === undefined ? mine : mine / inUnit(one, goal.overAt ?? at, other.seconds);
  const isMet = value <= (goal.atMost ?? Number.POSITIVE_INFINITY) && value >= (goal.atLeast ?? 0);
  return { value, isMet };
}

export function sentenceOf(result: Result, goal: Goal): string {
  const { case: one } = result;
  const found = reached(result, goal);
  const at = goal.at === undefined ? "" : ` at ${goal.at}`;
  const over =
    goal.over === undefined ? "" : ` / ${goal.over}${goal.overAt === undefined ? "" : ` at ${goal.overAt}`}`;
  const bound = goal.atMost === undefined ? `≥ ${digits(goal.atLeast ?? 0)}` : `≤ ${digits(goal.atMost)}`;
  const unit = goal.over === undefined ? ` ${one.unit}` : "";
  const verdict =
    found === null ? "not measured" : `${digits(found.value)}${unit}, ${found.isMet ? "met" : "not met"}`;
  return `${goal.of}${at}${over}: goal ${bound}${unit}; ${verdict}`;
}

/** Three digits, as far as they say anything. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return text.includes("e") ? text : text.replace(/\B(?=(\d{3})+$)/g, text.includes(".") ? "" : " ");
}

/** What is measured: it is asked for when a run begins, as somebody may go on working beside it. */
export function commitNow(): string {
  const git = (...args: string[]): string => spawnSync("git", args, { encoding: "utf8" }).stdout.trim();
  const isChanged = git("status", "--porcelain", "src", "kernel/src") !== "";
  return `${git("rev-parse", "--short", "HEAD")}${isChanged ? " with changes" : ""}`;
}

/** The machine, how busy it is, and what runs on it. */
export function machine(commit: string): string {
  const all = cpus();
  return [
    `- Processor: ${all[0]?.model ?? "unknown"}, ${all.length} of its processors; ${Math.round(totalmem() / 2 ** 30)} GB; ${process.platform} ${release()}; load ${loadavg()[0].toFixed(1)} at the end`,
    `- Node ${process.versions.node} (V8 ${process.versions.v8}); commit ${commit}`,
  ].join("\n");
}

/** The machine, the versions, and how it was measured. */
export function facts(results: readonly Result[], commit: string): string {
  const versions = new Map<string, string>();
  for (const { versions: found } of results)
    for (const [name, version] of found)
      if (rivals[name].packages[0] !== "gradbook") versions.set(name.replace(/ vec.*|'s .*/, ""), version);
  return [
    machine(commit),
    `- ${[...versions].map(([name, version]) => `${name} ${version}`).join(", ")}`,
    `- One thread each${canPin ? ", held to one processor" : ""}; processor time, so that other work on the machine counts little, and in turns: the median of up to 15; ± is how far the middle half of the turns lie apart, where that is over 10 %; × is the time over Gradbook's`,
  ].join("\n");
}
