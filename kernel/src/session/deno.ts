/**
 * The part of Deno that its notebooks use, so that they run here unchanged: `Deno.jupyter`, and the reading of files.
 *
 * It is a name of cells and not of the global scope, where packages would take this for Deno itself.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Content, Extra, Published } from "../bridge.ts";
import type { Displays } from "./displays.ts";
import { mimeBundle } from "./mime.ts";
import type { Output } from "./output.ts";

/** The method by which an object says how it is displayed. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never; // a `const` symbol, also when it is shared

type Displayable = { readonly [DISPLAY]: () => Content };

/** Text with values in it, as template tags are given it. */
type Tag = (parts: TemplateStringsArray, ...values: unknown[]) => Displayable;

/** What a message of a front end may be, that cells send themselves. */
const PUBLISHED = /^(?:display_data|update_display_data|clear_output|comm_(?:open|msg|close))$/;

interface DisplayOptions {
  readonly raw?: boolean;
  readonly update?: boolean;
  readonly display_id?: string;
}

/** `Deno` for cells. */
export function denoFor(displays: Displays, output: Output): object {
  const tagAs =
    (...types: readonly string[]): Tag =>
    (parts, ...values) => {
      const text = String.raw({ raw: parts }, ...values);
      return displayable(Object.fromEntries(types.map((type) => [type, text])));
    };

  const jupyter = {
    $display: DISPLAY,
    async display(value: unknown, { raw = false, update = false, display_id: id }: DisplayOptions = {}) {
      displays.display(value, { raw, update, ...(id !== undefined && { id }) });
    },
    async broadcast(type: string, content: Content, extra?: Extra) {
      if (!PUBLISHED.test(type))
        throw new Error(`Cannot broadcast ${type}: a cell may send ${PUBLISHED.source}`);
      output.publish(type as Published, content, extra);
    },
    format: async (value: unknown) => mimeBundle(value),
    html: tagAs("text/html"),
    md: tagAs("text/markdown"),
    svg: tagAs("image/svg+xml"),
    image(source: string | URL | Uint8Array) {
      const bytes = source instanceof Uint8Array ? source : readFileSync(source);
      const isPng = bytes[0] === 0x89;
      return displayable({ [isPng ? "image/png" : "image/jpeg"]: Buffer.from(bytes).toString("base64") });
    },
  };

  return {
    jupyter,
    args: [],
    version: { deno: "", v8: process.versions.v8, typescript: "" },
    build: { os: process.platform, arch: process.arch },
    env: {
      get: (name: string) => process.env[name],
      set(name: string, value: string) {
        process.env[name] = value;
      },
      has: (name: string) => name in process.env,
      toObject: () => ({ ...process.env }),
    },
    cwd: () => process.cwd(),
    readFile: async (file: string | URL) => readFileSync(pathOf(file)),
    readFileSync: (file: string | URL) => readFileSync(pathOf(file)),
    readTextFile: async (file: string | URL) => readFileSync(pathOf(file), "utf8"),
    readTextFileSync: (file: string | URL) => readFileSync(pathOf(file), "utf8"),
  };
}

function displayable(bundle: Content): Displayable {
  return { [DISPLAY]: () => bundle };
}

function pathOf(file: string | URL): string {
  return file instanceof URL ? fileURLToPath(file) : file;
}
