/** `graph(J)`: a computation and its backward pass as a picture. */

import type { MimeBundle } from "../display.ts";
import { makeDisplayable } from "../displayable.ts";
import { ValueError } from "../errors.ts";
import { checkedOptions, FLAG } from "../options.ts";
import { internals, Tensor } from "../tensor.ts";
import { checkTensor, TENSORS } from "../tensors.ts";
import { nameVariables } from "../variable-names.ts";
import { CHEAP, checkGradients, costOf } from "./check-gradients.ts";
import { describe } from "./describe.ts";
import { type Engine, graphSvg, loadEngine, loadedEngine } from "./draw/index.ts";
import { failureOf } from "./failures.ts";
import { GRAPH_MIME, type GraphJson } from "./graph-json.ts";
import { graphText } from "./graph-text.ts";
import { keep } from "./kept-graphs.ts";
import { packed } from "./packed.ts";
import { type GraphRecord, recordOf, recordOfFailure } from "./record.ts";

/** Options of `graph`. */
export interface GraphOptions {
  /** Compares every gradient with central differences; left out, that is done where it takes a blink. */
  readonly check?: boolean;
  /** Small tensors that are shown entry by entry at first, each derivative at its own arrow. */
  readonly entries?: Tensor | readonly Tensor[];
}

/** A computation as a graph. It is shown by being a cell's last value. */
export class Graph {
  readonly #record: GraphRecord;
  readonly #check: boolean;
  readonly #entries: readonly Tensor[];
  #json: GraphJson | undefined;

  /** Use `graph(J)` instead. */
  constructor(record: GraphRecord, check: boolean, entries: readonly Tensor[] = []) {
    this.#record = record;
    this.#check = check;
    this.#entries = entries;
  }

  /** All that there is to see, as data; schemas/graph.v1.schema.json describes it. */
  toJSON(): GraphJson {
    this.#json ??= this.#described();
    return this.#json;
  }

  /** Known to the kernel from now on, by the id. */
  #described(): GraphJson {
    const record = this.#record;
    const json = internals.withWitnesses(() =>
      describe(record, {
        entries: this.#entries,
        ...(this.#check && { checks: checkGradients(record) }),
      }),
    );
    const id = keep({ record, toJSON: () => this.toJSON() }, JSON.stringify(packed(json)));
    return { ...json, id };
  }

  /** The picture as SVG, which needs nothing else. */
  async svg(): Promise<string> {
    return graphSvg(this.toJSON(), await loadEngine());
  }

  toString(): string {
    return graphText(this.toJSON());
  }

  /** What a notebook shows; no promise of it once the engine is loaded, so that a loop can show it while it runs. */
  toMimeBundle(): MimeBundle | Promise<MimeBundle> {
    const engine = loadedEngine();
    return engine === undefined
      ? loadEngine().then((loaded) => this.#drawnBy(loaded))
      : this.#drawnBy(engine);
  }

  #drawnBy(engine: Engine): MimeBundle {
    const json = this.toJSON();
    return {
      [GRAPH_MIME]: packed(json),
      "image/svg+xml": graphSvg(json, engine),
      "text/plain": graphText(json),
    };
  }
}

makeDisplayable(Graph.prototype);
// A training loop shows its graph again and again: the kernel may leave some out.
Object.defineProperty(Graph.prototype, Symbol.for("gradbook.live"), { value: true });

/**
 * Draws the computation of `y`: every tensor with its value and its gradient, every op, and the backward pass step by
 * step. Given an error, or nothing after one, it draws the computation that failed, up to the op that could not be
 * applied.
 *
 * @throws ValueError when there is nothing to draw.
 * @example
 * const X = tensor([[1, 2]]).as("X");
 * graph(sum(square(X))).toJSON().nodes.length // 3
 */
export function graph(y?: Tensor | Error, options?: GraphOptions): Graph {
  const { check, entries = [] } = checkedOptions(options, {
    of: "graph",
    example: "graph(J, { check: true })",
    known: { check: FLAG, entries: TENSORS },
  });
  if (y !== undefined && !(y instanceof Error)) checkTensor("draw the graph of", y, "graph(J)");
  nameVariables();
  if (!(y instanceof Tensor)) {
    const failure = failureOf(y);
    if (failure === null) throw nothingToDraw(y);
    return new Graph(
      internals.withWitnesses(() => recordOfFailure(failure)),
      false,
    );
  }
  if (internals.isLiteral(y)) throw nothingToDraw(y);
  const record = internals.withWitnesses(() => recordOf(y));
  const list = entries instanceof Tensor ? [entries] : entries;
  return new Graph(record, check ?? costOf(record) <= CHEAP, list);
}

function nothingToDraw(y: Tensor | Error | undefined): ValueError {
  const what =
    y === undefined ? "a graph of nothing" : `the graph of ${y instanceof Error ? y.name : "a number"}`;
  return new ValueError(
    `Cannot draw ${what}: give a tensor, as in graph(J), or the error of an op whose shapes do not fit`,
  );
}
