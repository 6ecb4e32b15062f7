/** `who()`: the variables of a session in a table, with what they are and how much memory they take. */

import { Tensor } from "gradbook";
import { attempt } from "./attempt.ts";
import { inWords, sizeOf } from "./sizes.ts";

/** One variable in words. */
interface Row {
  readonly name: string;
  readonly type: string;
  readonly shape: string;
  readonly size: number;
}

const HEADINGS = ["name", "type", "shape", "size"];

/** An object that shows the variables as they are now; `names` are those that cells have declared. */
export function tableOf(names: readonly string[], of: (name: string) => unknown): object {
  const rows = names
    .map((name) => rowOf(name, of(name)))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, type, shape, size }) => [name, type, shape, inWords(size)]);
  return {
    [Symbol.for("Jupyter.display")]: () => ({ "text/plain": asText(rows), "text/html": asHtml(rows) }),
  };
}

function rowOf(name: string, value: unknown): Row {
  return {
    name,
    type: attempt(() => typeOf(value)) ?? typeof value,
    shape: attempt(() => shapeOf(value)) ?? "",
    size: sizeOf(value),
  };
}

/** What a value is, in a word or two. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Tensor) return `Tensor, ${value.dtype}`;
  if (typeof value === "function") return /^class\b/.test(String(value)) ? "class" : "function";
  if (typeof value !== "object") return typeof value;
  return (value.constructor as { name?: string } | undefined)?.name || "object";
}

function shapeOf(value: unknown): string {
  if (value instanceof Tensor) return `[${value.shape.join(", ")}]`;
  if (typeof value === "string" || Array.isArray(value)) return String(value.length);
  if (value instanceof Map || value instanceof Set) return String(value.size);
  if (ArrayBuffer.isView(value) && "length" in value) return String(value.length);
  return "";
}

function asText(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "No variables yet";
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function asHtml(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "<p>No variables yet</p>";
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((row) => line("td", row)).join("");
  return `<table><thead>${line("th", HEADINGS)}</thead><tbody>${body}</tbody></table>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
