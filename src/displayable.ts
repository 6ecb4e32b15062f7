import type { MimeBundle } from "./display.ts";

/** An object with a bundle for the notebook and a text for everything else. */
interface Displayable {
  toMimeBundle(): MimeBundle;
  toString(): string;
}

/** Lets notebooks and `console.log` show the objects with this `prototype`, by members that its type leaves out. */
export function makeDisplayable(prototype: Displayable): void {
  const forms = { "Jupyter.display": "toMimeBundle", "nodejs.util.inspect.custom": "toString" } as const;
  for (const [key, form] of Object.entries(forms)) {
    Object.defineProperty(prototype, Symbol.for(key), {
      value(this: Displayable): unknown {
        return this[form]();
      },
    });
  }
}
