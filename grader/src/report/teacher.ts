/** The teacher's view of an assignment: how hard each exercise was, what went wrong, and what to look at. */

import type { Result } from "../grade/result.ts";
import { alikeIn } from "./alike.ts";
import { type Item, itemsOf } from "./items.ts";
import { escaped, page } from "./page.ts";

export interface Overview {
  readonly assignment: string;
  readonly results: readonly Result[];
  /** What was noticed about files: a sentence each. */
  readonly notes: readonly string[];
}

export function teacherPage({ assignment, results, notes }: Overview): string {
  const graded = results.filter(({ refused }) => refused === undefined);
  const items = itemsOf(results);
  const points = graded[0]?.points ?? 0;
  const mean = graded.reduce((sum, { earned }) => sum + earned, 0) / Math.max(1, graded.length);
  const body = [
    `<h1>${escaped(assignment)}</h1>`,
    `<p>${graded.length} notebooks graded, ${mean.toFixed(1)} of ${points} points on average.</p>`,
    "<h2>Exercises</h2>",
    itemsTable(items),
    "<h2>Most frequent mistakes</h2>",
    ...items.map(mistakesHtml),
    "<h2>To look at</h2>",
    '<p class="dim">Nothing here has cost a point: people work together, and some mistakes are natural.</p>',
    listHtml([
      ...results.flatMap(({ student, refused, flags }) =>
        [...(refused === undefined ? [] : [refused]), ...flags].map((text) => `${student}: ${text}`),
      ),
      ...notes,
      ...alikeIn(results),
    ]),
    "<h2>For a talk</h2>",
    `<p class="dim">A few students by chance, the same ones each time, to be asked how they did it.</p>`,
    listHtml(sampleOf(graded)),
    "<h2>Repairs</h2>",
    listHtml(results.flatMap(({ student, repairs }) => repairs.map((text) => `${student}: ${text}`))),
  ];
  return page(`${assignment}: overview`, body.join("\n"));
}

function itemsTable(items: readonly Item[]): string {
  const head = ["Exercise", "Points", "Attempts", "Solved", "Mean", "Discrimination"];
  const rows = items.map(({ id, points, attempts, solved, mean, discrimination }) => {
    const percent = Math.round(solved * 100);
    const bar = `<span class="bar"><i style="width:${percent}%"></i></span> ${percent} %`;
    const cells = [points, attempts, bar, `${Math.round(mean * 100)} %`, discrimination ?? "–"];
    return `<tr><td>${escaped(id)}</td>${cells.map((cell) => `<td class="number">${cell}</td>`).join("")}</tr>`;
  });
  return `<table><tr>${head.map((text, k) => `<th${k > 0 ? ' class="number"' : ""}>${text}</th>`).join("")}</tr>${rows.join("")}</table>`;
}

function mistakesHtml({ id, mistakes }: Item): string {
  if (mistakes.length === 0) return "";
  const rows = mistakes.map(({ what, count, example }) => {
    const code =
      example === undefined
        ? ""
        : `<details><summary class="dim">an example</summary><pre>${escaped(example)}</pre></details>`;
    return `<tr><td class="number">${count}</td><td>${escaped(what)}${code}</td></tr>`;
  });
  return `<h3>${escaped(id)}</h3><table>${rows.join("")}</table>`;
}

function listHtml(lines: readonly string[]): string {
  if (lines.length === 0) return '<p class="dim">Nothing.</p>';
  return `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;
}

/** About one in twenty, at least three, by the hash of their results. */
function sampleOf(results: readonly Result[]): string[] {
  const students = new Map(results.map(({ student, key }) => [student, key]));
  const count = Math.min(students.size, Math.max(3, Math.round(students.size / 20)));
  return [...students]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([student]) => student)
    .sort();
}
