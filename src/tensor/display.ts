/** `display`, and what shows text or bytes as the kind of content that they are. */

import { ValueError } from "./errors.ts";
import { connected, type DisplayOptions } from "./host.ts";
import { checkedOptions, TEXT } from "./options.ts";

/** The method by which an object says how it is displayed. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never; // a `const` symbol, also when it is shared

/** Shows text as content of one kind. */
export type ShowText = (text: string, options?: DisplayOptions) => void;

/** Shows the bytes of a file, as `readFileSync` gives them; or its text in base64. */
export type ShowBytes = (bytes: Uint8Array | string, options?: DisplayOptions) => void;

/** {@link display}, a function with more of them as properties. */
export interface Display {
  /**
   * Shows a value below the cell, at once; with an `id`, the same id shown again updates it in place.
   */
  (value: unknown, options?: DisplayOptions): void;
  /** Shows HTML. */
  readonly html: ShowText;
  /** Shows Markdown, formulas between dollar signs included. */
  readonly markdown: ShowText;
  /** Shows LaTeX, with its own dollar signs. */
  readonly latex: ShowText;
  /** Shows an SVG picture. */
  readonly svg: ShowText;
  /** Runs JavaScript in the page, where the front end allows that. */
  readonly javascript: ShowText;
  /** Shows text as it stands, without quotation marks. */
  readonly text: ShowText;
  /** Shows a PNG picture. */
  readonly png: ShowBytes;
  /** Shows a JPEG picture. */
  readonly jpeg: ShowBytes;
  /** Shows a GIF picture. */
  readonly gif: ShowBytes;
  /** Shows a PDF file. */
  readonly pdf: ShowBytes;
  /** Shows content of any MIME type, such as `application/json`: text, base64 or JSON, as the type asks for. */
  readonly raw: (type: string, content: unknown, options?: DisplayOptions) => void;
}

function show(value: unknown, options?: DisplayOptions): void {
  const checked = checkedOptions(options, {
    of: "display",
    example: 'display(X, { id: "X" })',
    known: { id: TEXT },
  });
  connected("display").display(value, checked);
}

function showAs(bundle: Readonly<Record<string, unknown>>, options?: DisplayOptions): void {
  show({ [DISPLAY]: () => bundle }, options);
}

/** Shows text as a type, and the text itself where a front end does not know the type. */
const textAs =
  (name: string, type: string): ShowText =>
  (text, options) => {
    if (typeof text !== "string") throw new ValueError(`Cannot display.${name}: it takes a text`);
    showAs({ [type]: text, "text/plain": text }, options);
  };

const bytesAs =
  (name: string, type: string): ShowBytes =>
  (bytes, options) => {
    const content =
      typeof bytes === "string" ? bytes : bytes instanceof Uint8Array ? base64(bytes) : undefined;
    if (content === undefined) {
      throw new ValueError(`Cannot display.${name}: it takes the bytes of a file, or its text in base64`);
    }
    showAs({ [type]: content, "text/plain": `[${name}]` }, options);
  };

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Three bytes are four digits; what the last ones lack is written as `=`. */
function base64(bytes: Uint8Array): string {
  const digits: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    digits.push(DIGITS[a >> 2], DIGITS[((a & 3) << 4) | ((b ?? 0) >> 4)]);
    digits.push(b === undefined ? "=" : DIGITS[((b & 15) << 2) | ((c ?? 0) >> 6)]);
    digits.push(c === undefined ? "=" : DIGITS[c & 63]);
  }
  return digits.join("");
}

/**
 * Shows a value below the cell, at once; with an `id`, the same id shown again updates it in place.
 *
 * Text and bytes are shown as what they are by `display.html`, `markdown`, `latex`, `svg`, `javascript`, `text`, `png`,
 * `jpeg`, `gif`, `pdf`, and as any MIME type by `display.raw`.
 */
export const display: Display = Object.assign(show, {
  html: textAs("html", "text/html"),
  markdown: textAs("markdown", "text/markdown"),
  latex: textAs("latex", "text/latex"),
  svg: textAs("svg", "image/svg+xml"),
  javascript: textAs("javascript", "application/javascript"),
  text: textAs("text", "text/plain"),
  png: bytesAs("png", "image/png"),
  jpeg: bytesAs("jpeg", "image/jpeg"),
  gif: bytesAs("gif", "image/gif"),
  pdf: bytesAs("pdf", "application/pdf"),
  raw: (type: string, content: unknown, options?: DisplayOptions): void =>
    showAs({ [type]: content }, options),
});
