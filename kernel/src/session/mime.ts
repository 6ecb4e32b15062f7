/** Turns a value into the MIME bundle that Jupyter displays. */

import { inspect } from "node:util";
import type { MimeBundle } from "../bridge.ts";
import { attempt } from "./attempt.ts";

/** The method by which an object says how it is displayed; Deno's kernel calls it, too. */
const DISPLAY = Symbol.for("Jupyter.display");

/** How the files of pictures begin. */
const PICTURES: readonly (readonly [type: string, start: readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/** The schema by which a chart says what it is: of Vega or Vega-Lite, in one of its versions. */
const SCHEMA = /\/schema\/(vega|vega-lite)\/v(\d+)/;
/** The newest versions for which front ends have a MIME type; newer charts are nearly all theirs, too. */
const VERSIONS: Readonly<Record<string, { readonly name: string; readonly newest: number }>> = {
  vega: { name: "vega", newest: 5 },
  "vega-lite": { name: "vegalite", newest: 5 },
};

/** A value as text, as `console.log` prints it, without colours. */
export function textOf(value: unknown): string {
  try {
    return inspect(value, { colors: false });
  } catch (error) {
    return `[a value whose text cannot be made: ${attempt(() => String(error)) ?? "it throws"}]`;
  }
}

/**
 * The bundle of a value: what its display method answers, else what is known of its kind, else its text.
 *
 * @example
 * mimeBundle(1.5) // { "text/plain": "1.5" }
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return plain(value);
  const display: unknown = attempt(() => (value as Record<symbol, unknown>)[DISPLAY]);
  if (typeof display === "function") {
    const bundle: unknown = display.call(value);
    return bundle instanceof Promise ? bundle.then(portable) : portable(bundle);
  }
  return portable(attempt(() => knownKind(value as Record<string, unknown>)) ?? plain(value));
}

/** The bundle as a saved notebook will have it; what JSON cannot hold is an error of the cell. */
export function portable(bundle: unknown): MimeBundle {
  if (typeof bundle !== "object" || bundle === null) {
    throw new TypeError(
      `Cannot display ${textOf(bundle)}: it is not a MIME bundle, an object of values by type`,
    );
  }
  return JSON.parse(JSON.stringify(bundle)) as MimeBundle;
}

function plain(value: unknown): MimeBundle {
  return { "text/plain": textOf(value) };
}

/** Objects of other libraries that have no display method, but a picture of themselves. */
function knownKind(value: Record<string, unknown>): MimeBundle | undefined {
  if (value instanceof Uint8Array) {
    const type = PICTURES.find(([, start]) => startsWith(value, start))?.[0];
    return type === undefined
      ? undefined
      : { [type]: Buffer.from(value).toString("base64"), ...plain(value) };
  }
  const chart = chartOf(typeof value.toSpec === "function" ? value.toSpec() : value);
  if (chart) return { ...chart, ...plain(value) };
  if (typeof value.toDataURL === "function") {
    const [, type, data] = /^data:([^;,]+);base64,(.*)$/.exec(String(value.toDataURL())) ?? [];
    if (type) return { [type]: data, "text/plain": "[canvas]" };
  }
  if (typeof value.outerHTML === "string") {
    const type = /^\s*<svg[\s>]/.test(value.outerHTML) ? "image/svg+xml" : "text/html";
    return { [type]: value.outerHTML, "text/plain": value.outerHTML };
  }
  if (typeof value.toSpec === "function") {
    return { "application/vnd.vegalite.v5+json": value.toSpec(), ...plain(value) };
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** A specification of Vega or Vega-Lite under its MIME type. */
function chartOf(spec: unknown): MimeBundle | undefined {
  if (typeof spec !== "object" || spec === null || !("$schema" in spec)) return undefined;
  const [, language, version] = SCHEMA.exec(String(spec.$schema)) ?? [];
  if (language === undefined) return undefined;
  const { name, newest } = VERSIONS[language];
  return { [`application/vnd.${name}.v${Math.min(Number(version), newest)}+json`]: spec };
}
