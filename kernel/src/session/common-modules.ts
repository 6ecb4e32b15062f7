/** Modules where there is only `require`, as in a browser: local files as TypeScript made CommonJS of them. */

import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import vm from "node:vm";
import type { LocalModule } from "../language/protocol.ts";
import { inFolder, slashed } from "../language/slashes.ts";
import type { Loader } from "./outside.ts";

type Exports = Record<string, unknown>;

const ENDINGS = [".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs"];

export class CommonModules implements Loader {
  readonly #code = new Map<string, string>();
  readonly #loaded = new Map<string, { exports: Exports }>();
  /** Looks up packages and files from the notebook's folder. */
  readonly require: NodeJS.Require;

  constructor(folder: string) {
    this.require = this.#requireFrom(resolve(folder, "cell.js"));
  }

  /** Takes in local files that are new or changed. */
  update(modules: readonly LocalModule[]): void {
    // A file that imports a changed one must be read again, too.
    if (modules.length > 0) this.#loaded.clear();
    for (const { path, code } of modules) this.#code.set(path, code);
  }

  #requireFrom(file: string): NodeJS.Require {
    const outer = createRequire(file);
    const require = (specifier: string): unknown => {
      const path = /^\.{1,2}(\/|$)/.test(specifier)
        ? this.#find(resolve(dirname(file), specifier))
        : undefined;
      return path === undefined ? outer(specifier) : this.#load(path);
    };
    return Object.assign(require, outer);
  }

  /** The local file that a path without or with an extension names. */
  #find(place: string): string | undefined {
    const path = slashed(place);
    const stem = path.replace(/\.[cm]?jsx?$/, "");
    const candidates = [
      path,
      ...[path, stem, inFolder(path, "index")].flatMap((start) => ENDINGS.map((end) => start + end)),
    ];
    return candidates.find((candidate) => this.#code.has(candidate));
  }

  #load(path: string): Exports {
    const known = this.#loaded.get(path);
    if (known) return known.exports;
    const module: { exports: Exports } = { exports: {} };
    this.#loaded.set(path, module);
    const wrapper = vm.compileFunction(
      this.#code.get(path) ?? "",
      ["exports", "require", "module", "__filename", "__dirname"],
      { filename: path },
    );
    try {
      wrapper.call(module.exports, module.exports, this.#requireFrom(path), module, path, dirname(path));
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
    return module.exports;
  }
}
