/** Runs the code of a cell. */

import vm from "node:vm";
import { captureName, loadEngine, noticeHoard } from "gradbook/session";
import type { MimeBundle } from "../bridge.ts";
import type { CompiledCell } from "../language/protocol.ts";
import type { Scope } from "../language/scope.ts";
import { attempt } from "./attempt.ts";
import type { RunningCell } from "./context.ts";
import type { Displays } from "./displays.ts";
import { mimeBundle } from "./mime.ts";
import type { Loader } from "./outside.ts";
import type { Shadows } from "./shadows.ts";
import type { Sources } from "./sources.ts";

/** What the code of a cell meets in a session. */
export interface EvaluationParts {
  readonly scope: Scope;
  readonly sources: Sources;
  readonly shadows: Shadows;
  readonly displays: Displays;
  readonly modules: Loader;
}

type CellFunction = (scope: Scope, require: NodeJS.Require, done: { steps: number }) => void | Promise<void>;

/** A cell that may draw a graph, or lets later ones do so. */
const GRAPHS = /\bgraph\b/;

export class Evaluation {
  readonly #parts: EvaluationParts;

  constructor(parts: EvaluationParts) {
    this.#parts = parts;
  }

  /** Runs the code of a cell; returns what its last expression shows. */
  async evaluate(cell: RunningCell, compiled: CompiledCell): Promise<MimeBundle | undefined> {
    const filename = this.#parts.sources.addCell(cell, compiled);
    for (const module of compiled.modules) this.#parts.sources.addFile(module);
    this.#parts.modules.update(compiled.modules);
    for (const note of this.#parts.shadows.take(compiled.shadowed, cell.count)) console.log(note);
    // Where it is loaded, a loop that never waits can show its graph as it runs.
    if (GRAPHS.test(cell.source)) await loadEngine();
    if (cell.interrupted) return undefined;
    const run = vm.runInThisContext(compiled.code, { filename }) as CellFunction;
    try {
      await run(this.#parts.scope, this.#parts.modules.require, cell.done);
    } finally {
      this.#parts.scope.at = 0;
      this.#captureNames(compiled);
    }
    await this.#parts.displays.finish(cell);
    const value = compiled.lastExpression && this.#parts.scope.get(compiled.lastExpression);
    const shown = value === undefined ? undefined : await mimeBundle(value);
    await Promise.all(cell.displays);
    for (const name of this.#parts.scope.names()) {
      attempt(() => noticeHoard(name, this.#parts.scope.get(name)));
    }
    return shown;
  }

  /** Gives tensors the names they were declared by, also in a cell that threw half way. */
  #captureNames({ declared }: CompiledCell): void {
    for (const { name } of declared) attempt(() => captureName(this.#parts.scope.get(name), name));
  }
}
