/** Puts characters together that are written in parts: the bytes of one, or the two halves of a surrogate pair. */

import { StringDecoder } from "node:string_decoder";

/** How JavaScript writes the first half of a character that takes two. */
const FIRST_HALF = /[\ud800-\udbff]$/;

/** One stream of text, of which a character that is not there in full is kept until the rest of it comes. */
export class Characters {
  readonly #decoder = new StringDecoder("utf8");
  #half = "";

  /** The text that is whole now. */
  add(chunk: string | Uint8Array): string {
    // The decoder hands out whole characters only, so a half in a string is one that the string itself ended with.
    const decoded = typeof chunk === "string" ? this.#decoder.end() + chunk : this.#decoder.write(chunk);
    const text = this.#half + decoded;
    this.#half = FIRST_HALF.exec(text)?.[0] ?? "";
    return text.slice(0, text.length - this.#half.length);
  }

  /** What is left when no more will come. */
  end(): string {
    const rest = this.#half + this.#decoder.end();
    this.#half = "";
    return rest;
  }
}
