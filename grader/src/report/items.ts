/** What an assignment tells about its exercises: how hard they were, and what went wrong most often. */

import type { Mark, Result } from "../grade/result.ts";

export interface Item {
  readonly id: string;
  readonly points: number;
  readonly attempts: number;
  /** The share of those who got all points, and the mean share of the points. */
  readonly solved: number;
  readonly mean: number;
  /**
   * How well the item tells those who did well elsewhere from those who did not: the correlation with the rest of the
   * points, from −1 to 1; `null` where all or none have solved it.
   */
  readonly discrimination: number | null;
  /** The most frequent mistakes, each with the number of notebooks. */
  readonly mistakes: readonly { readonly what: string; readonly count: number; readonly example?: string }[];
}

/** The most mistakes told per item. */
const MOST = 8;

export function itemsOf(results: readonly Result[]): Item[] {
  const graded = results.filter(({ refused }) => refused === undefined);
  const ids = [...new Set(graded.flatMap(({ marks }) => marks.map(({ id }) => id)))];
  return ids.map((id) => itemOf(id, graded));
}

function itemOf(id: string, results: readonly Result[]): Item {
  const own = results.flatMap((result) => {
    const mark = result.marks.find((mark) => mark.id === id && mark.status === "graded");
    return mark === undefined ? [] : [{ result, mark }];
  });
  const shares = own.map(({ mark }) => (mark.points > 0 ? mark.earned / mark.points : 0));
  const rest = own.map(({ result, mark }) => result.earned - mark.earned);
  return {
    id,
    points: own[0]?.mark.points ?? 0,
    attempts: own.length,
    solved: round(share(shares, (value) => value >= 1)),
    mean: round(mean(shares)),
    discrimination: correlation(shares, rest),
    mistakes: mistakesIn(own),
  };
}

function mistakesIn(own: readonly { result: Result; mark: Mark }[]): Item["mistakes"] {
  const found = new Map<string, { count: number; example?: string }>();
  for (const { result, mark } of own) {
    if (mark.earned >= mark.points) continue;
    for (const what of mistakesOf(mark)) {
      const known = found.get(what);
      const example = known?.example ?? exampleOf(result, mark.id);
      found.set(what, { count: (known?.count ?? 0) + 1, ...(example !== undefined && { example }) });
    }
  }
  return [...found]
    .map(([what, { count, example }]) => ({ what, count, ...(example !== undefined && { example }) }))
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1))
    .slice(0, MOST);
}

/** What was wrong, in the words of the reports where there are any; numbers are left out, as they differ by student. */
export function mistakesOf({ reports = [], message }: Mark): string[] {
  const findings = reports.flatMap((report) => {
    const checks = (Object(report) as { checks?: unknown }).checks;
    return Array.isArray(checks)
      ? (checks as { verdict?: string; mistake?: string; message?: string }[])
      : [];
  });
  const wrong = findings.filter(({ verdict }) => verdict !== "passed");
  if (wrong.length > 0) {
    const words = wrong.map(({ mistake, message }) => mistake ?? withoutNumbers(message ?? ""));
    return [...new Set(words)];
  }
  return [message === undefined ? "some points are missing" : withoutNumbers(message)];
}

function withoutNumbers(text: string): string {
  return text.replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, "…").slice(0, 160);
}

/** The student's cell before the test, without a name. */
function exampleOf({ cells }: Result, id: string): string | undefined {
  const at = cells.findIndex((cell) => cell.id === id);
  return cells
    .slice(0, at)
    .findLast(({ own, type }) => own && type === "code")
    ?.source.slice(0, 1500);
}

function share<T>(values: readonly T[], is: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(is).length / values.length;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(x: readonly number[], y: readonly number[]): number | null {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  const spread = Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
  return spread < 1e-12 ? null : round(sum((i) => (x[i] - mx) * (y[i] - my)) / spread);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
