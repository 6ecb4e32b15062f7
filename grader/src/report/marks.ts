/** All marks of an assignment, as JSON and as a table for spreadsheets. */

import type { Result } from "../grade/result.ts";

/** One row per notebook. */
export interface MarksRow {
  readonly student: string;
  readonly notebook: string;
  readonly earned: number;
  readonly points: number;
  readonly manual: number;
  readonly marks: Readonly<Record<string, number | null>>;
  readonly refused?: string;
  readonly repairs: readonly string[];
  readonly flags: readonly string[];
}

export function marksOf(results: readonly Result[]): MarksRow[] {
  return results
    .map(({ student, notebook, earned, points, manual, marks, refused, repairs, flags }) => ({
      student,
      notebook,
      earned,
      points,
      manual,
      marks: Object.fromEntries(
        marks.map(({ id, status, earned }) => [id, status === "manual" ? null : earned]),
      ),
      ...(refused !== undefined && { refused }),
      repairs,
      flags,
    }))
    .sort((a, b) => compare(a.student, b.student) || compare(a.notebook, b.notebook));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows as comma-separated values, one column per test. */
export function marksCsv(rows: readonly MarksRow[]): string {
  const ids = [...new Set(rows.flatMap(({ marks }) => Object.keys(marks)))];
  const head = ["student", "notebook", "earned", "points", "to mark by hand", ...ids, "notes"];
  const lines = rows.map(({ student, notebook, earned, points, manual, marks, refused, repairs, flags }) => [
    student,
    notebook,
    refused === undefined ? earned : "",
    points,
    manual,
    ...ids.map((id) => marks[id] ?? ""),
    [...(refused === undefined ? [] : [refused]), ...repairs, ...flags].join("; "),
  ]);
  return [head, ...lines].map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

/** A field that a spreadsheet takes for text or a number, and never for a formula. */
export function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
