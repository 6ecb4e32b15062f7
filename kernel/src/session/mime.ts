/** Turns a value into the MIME bundle that Jupyter displays. */

import { inspect } from "node:util";
import type { MimeBundle } from "../bridge.ts";

/** The method by which an object says how it is displayed; Deno's kernel calls it, too. */
const DISPLAY = Symbol.for("Jupyter.display");

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/** A value as text, as `console.log` prints it, without colours. */
export function textOf(value: unknown): string {
  return inspect(value, { colors: false });
}

/**
 * The bundle of a value: what its display method answers, else what is known of its kind, else its text.
 *
 * @example
 * mimeBundle(1.5) // { "text/plain": "1.5" }
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return plain(value);
  const display: unknown = (value as Record<symbol, unknown>)[DISPLAY];
  if (typeof display === "function") {
    const bundle: unknown = display.call(value);
    return bundle instanceof Promise ? bundle.then(portable) : portable(bundle);
  }
  return portable(knownKind(value as Record<string, unknown>) ?? plain(value));
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
    const type = startsWith(value, PNG) ? "image/png" : startsWith(value, JPEG) ? "image/jpeg" : undefined;
    return type && { [type]: Buffer.from(value).toString("base64"), ...plain(value) };
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
