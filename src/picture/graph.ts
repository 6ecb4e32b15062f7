/** `graph(J)`: a computation and its backward pass as a picture. */

import { keep } from "../graph/answers.ts";
import { CHEAP, checkGradients, costOf } from "../graph/check-gradients.ts";
import { describe } from "../graph/describe.ts";
import { GRAPH_MIME, type GraphJson, packed } from "../graph/graph-json.ts";
import { graphText } from "../graph/graph-text.ts";
import { type Failed, type GraphRecord, recordOf, recordOfFailure } from "../graph/record.ts";
import * as ops from "../ops/index.ts";
import { type MimeBundle, makeDisplayable } from "../print/display.ts";
import { ValueError } from "../tensor/errors.ts";
import { refusalOf } from "../tensor/op.ts";
import { checkTensor, nameVariables, TENSORS } from "../tensor/operands.ts";
import { checkedOptions, FLAG } from "../tensor/options.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { type Engine, graphSvg, loadEngine, loadedEngine } from "./index.ts";

/** Options of `graph`. */
export interface GraphOptions {
  /** Compares every gradient with central differences; if left out, that is done when it is quick. */
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

  /** Everything there is to see, as data; schemas/graph.v1.schema.json describes it. */
  toJSON(): GraphJson {
    this.#json ??= this.#described();
    return this.#json;
  }

  /** Makes it known to the kernel by its id. */
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

  /** The picture as SVG that stands alone. */
  async svg(): Promise<string> {
    return graphSvg(this.toJSON(), await loadEngine());
  }

  toString(): string {
    return graphText(this.toJSON());
  }

  /** What a notebook shows; not a promise once the engine is loaded, so that a loop can show it while it runs. */
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
// A training loop shows its graph again and again: the kernel may skip some.
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

// The op that could not be applied, so that a failure can be drawn in its place.

/** The failure behind an error, or the last there was; `null` if it was not an op on tensors that failed. */
export function failureOf(error?: Error): Failed | null {
  const refusal = refusalOf(error);
  if (refusal === null) return null;
  const { op, given, at } = refusal;
  const operands = given.flat().flatMap((x): Tensor[] => {
    if (x instanceof Tensor) return [x];
    return typeof x === "number" ? [internals.literal(x)] : [];
  });
  if (!operands.some((x) => !internals.isLiteral(x))) return null;
  const [action] = Object.entries(ops).find(([, one]) => one === op) ?? ["op"];
  return { action, operands, message: refusal.error.message, at };
}
