/** How an object answers a notebook and `console.log`, by members that its type leaves out. */

import type { MimeBundle } from "./display.ts";

const DISPLAY = Symbol.for("Jupyter.display");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** An object with a bundle for the notebook and a text for everything else. */
interface Displayable {
  toMimeBundle(): MimeBundle | Promise<MimeBundle>;
  toString(): string;
}

/** Shows the objects with this `prototype` by their own two forms. */
export function makeDisplayable(prototype: Displayable): void {
  for (const [key, form] of [
    [DISPLAY, "toMimeBundle"],
    [INSPECT, "toString"],
  ] as const) {
    Object.defineProperty(prototype, key, {
      value(this: Displayable): unknown {
        return this[form]();
      },
    });
  }
}

/** Members for an object without a class, which is shown as `text()`, and in a notebook as `bundle()`. */
export function shownAs(
  text: () => string,
  bundle: () => MimeBundle = () => ({ "text/plain": text() }),
): { toString(): string } {
  return { toString: text, [DISPLAY]: bundle, [INSPECT]: text } as { toString(): string }; // the rest is for inspectors
}
