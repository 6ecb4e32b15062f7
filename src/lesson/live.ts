/** Numbers that a reader changes where they are shown, and the answer to why a number is what it is. */

import { grad } from "../autodiff/grad.ts";
import { assign } from "../autodiff/tape.ts";
import { computedAgain, edit, type Question } from "../graph/answers.ts";
import { packed } from "../graph/graph-json.ts";
import { recordOf, withDetached } from "../graph/record.ts";
import { Graph } from "../picture/graph.ts";
import { enliven, type Handles, lastRedrawn, lastShown, tensorJson } from "../print/display.ts";
import { isSymbolic } from "../print/expression.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { connected, isConnected, variables } from "../tensor/host.ts";
import { fromJsonNumber } from "../tensor/numbers.ts";
import { checkTensor } from "../tensor/operands.ts";
import { checkedOptions, NUMBER } from "../tensor/options.ts";
import { internals, Tensor } from "../tensor/tensor.ts";

/** Options of `live`. */
export interface LiveOptions {
  /** The least number that an entry can be dragged to. */
  readonly from?: number;
  /** The largest one. */
  readonly to?: number;
  /** Entries move in steps of this size. */
  readonly step?: number;
}

/** Options of `slider`. */
export interface SliderOptions {
  /** Where it stands at first; in the middle unless said otherwise. */
  readonly value?: number;
  readonly step?: number;
}

/** The most entries that a hand can change. */
const MOST_ENTRIES = 100;

/**
 * The same matrix, whose entries can be dragged or typed where it is shown. All that was shown from it follows: results,
 * losses, gradients, graphs. Outside JupyterLab it is a matrix like any other.
 *
 * @throws ValueError for what is computed, as it follows from something else.
 * @example
 * live(tensor([[1, 2]]).as("X"), { from: -3, to: 3 }).toArray() // [[1, 2]]
 */
export function live<X extends Tensor>(x: X, options?: LiveOptions): X {
  checkTensor("make live", x, "live(X)");
  const how = checkedOptions(options, {
    of: "live",
    example: "live(X, { from: -3, to: 3 })",
    known: { from: NUMBER, to: NUMBER, step: NUMBER },
  });
  if (internals.nodeOf(x) !== null || isSymbolic(x)) {
    throw new ValueError(
      `Cannot make ${x.name ?? "a result"} live: it is computed, or has no numbers; make live what it is computed from`,
    );
  }
  if (x.size > MOST_ENTRIES) {
    throw new ShapeError(
      `Cannot make ${x.name ?? "a tensor"} of ${x.size} entries live: ${MOST_ENTRIES} are the most that a hand changes`,
      [x.shape],
    );
  }
  enliven(x, checkedEnds("live", how));
  return x;
}

/**
 * A number that a reader moves between two ends, shown as a slider: all that was shown from it follows.
 *
 * @example
 * slider("η", 0, 1, { value: 0.25 }).item() // 0.25
 */
export function slider(name: string, from: number, to: number, options?: SliderOptions): Tensor<[]> {
  const { value, step } = checkedOptions(options, {
    of: "slider",
    example: 'slider("η", 0, 1, { value: 0.1, step: 0.01 })',
    known: { value: NUMBER, step: NUMBER },
  });
  if (typeof name !== "string" || typeof from !== "number" || typeof to !== "number") {
    throw new ValueError('Cannot make a slider: give its name and its two ends, as in slider("η", 0, 1)');
  }
  const ends = checkedEnds("slider", { from, to, ...(step !== undefined && { step }) });
  const start = value ?? (from + to) / 2;
  if (start < from || start > to) {
    throw new ValueError(`Cannot set the slider ${name} to ${start}: it goes from ${from} to ${to}`);
  }
  const x = new Tensor<[]>([], Float64Array.of(start)).as(name) as Tensor<[]>; // a name changes no shape
  enliven(x, ends);
  if (isConnected()) connected("show a slider").display(x, {});
  return x;
}

function checkedEnds(of: string, { from, to, step }: Handles): Handles {
  if (from !== undefined && to !== undefined && !(from < to)) {
    throw new ValueError(`Cannot make ${of} go from ${from} to ${to}: the first end is the smaller one`);
  }
  if (step !== undefined && !(step > 0)) {
    throw new ValueError(`Cannot move in steps of ${step}: a step is greater than 0`);
  }
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(step !== undefined && { step }),
  };
}

// What a front end asks: what follows from other numbers, to keep them, and why a number is what it is.

/** The most outputs that follow at once. */
const MOST_FOLLOWERS = 400;

/** The outputs among `shown` that look different once other tensors have these numbers. No variable changes. */
export function follow(question: Question): object {
  const given = changesIn(question);
  const { shown } = question;
  if (!Array.isArray(shown)) throw new ValueError("Cannot follow: the outputs are no list");
  const wanted = shown.slice(0, MOST_FOLLOWERS).flatMap((tex: unknown) => {
    const x = typeof tex === "string" ? lastShown(tex) : undefined;
    return x === undefined ? [] : [{ shown: tex, x }];
  });
  const drawings = shown.slice(0, MOST_FOLLOWERS).flatMap((text: unknown) => {
    const how = typeof text === "string" ? lastRedrawn(text) : undefined;
    return how === undefined ? [] : [{ shown: text, ...how }];
  });
  // A function that is drawn may read any tensor of the session.
  const readable = drawings.some(({ from }) => from === null)
    ? variables().flatMap(([, value]) => (value instanceof Tensor ? [value] : []))
    : [];
  const roots = new Set([
    ...wanted.map(({ x }) => rootOf(x)),
    ...drawings.flatMap(({ from }) => from ?? []),
    ...readable,
  ]);
  const record = withDetached([...roots]);
  const again = computedAgain(record, given);
  const moved = new Set(given.keys());
  for (const z of record.order) {
    const source = record.detached.get(z);
    const inputs = source === undefined ? (internals.nodeOf(z)?.inputs ?? []) : [source];
    if (inputs.some((input) => moved.has(input))) moved.add(z);
  }
  for (const [x, y] of again) if (x.name !== null) internals.captureName(y, x.name);
  const tensors = wanted.flatMap(({ shown: tex, x }) => {
    if (!moved.has(rootOf(x))) return [];
    const now = nowOf(x, again);
    return now === null ? [] : [{ shown: tex, tensor: tensorJson(now) }];
  });
  const now = (x: Tensor): Tensor => again.get(x) ?? x;
  const numbers = new Map(Array.from(moved, (x) => [x, now(x)] as const));
  const drawn = drawings.flatMap(({ shown: text, from, redraw }) => {
    if (from?.every((x) => !moved.has(x)) === true) return [];
    try {
      return [{ shown: text, tensor: internals.withNumbers(numbers, () => redraw(now)) }];
    } catch {
      return []; // a function that cannot be drawn at these numbers: the picture stays as it is
    }
  });
  return { type: "followed", tensors: [...tensors, ...drawn] };
}

/** What an output is computed from: a gradient from the result of its backward pass. */
function rootOf(x: Tensor): Tensor {
  const primal = internals.primalOf(x);
  return primal === null ? x : (internals.originOf(primal)?.y ?? primal);
}

function nowOf(x: Tensor, again: ReadonlyMap<Tensor, Tensor>): Tensor | null {
  const primal = internals.primalOf(x);
  if (primal === null) return again.get(x) ?? null;
  const origin = internals.originOf(primal);
  const [y, at] = [origin === null ? undefined : again.get(origin.y), again.get(primal)];
  if (origin === null || y === undefined || at === undefined) return null;
  const { cotangent } = origin;
  const gradient = grad(y, at, cotangent === null ? {} : { cotangent });
  internals.markGradient(at, gradient);
  return gradient;
}

/** Gives the variables of the session these numbers. */
export function give(question: Question): object {
  const names = Array.from(changesIn(question), ([x, moved]) => {
    assign(x, moved);
    return x.name ?? "a tensor without a name";
  });
  return { type: "written", names };
}

function changesIn({ changes }: Question): Map<Tensor, Tensor> {
  if (!Array.isArray(changes)) throw new ValueError("Cannot read the changes: they are no list");
  return new Map(
    changes.map((change: unknown): [Tensor, Tensor] => {
      const { tensor, data } = (change ?? {}) as Readonly<Record<string, unknown>>;
      const x = found(tensor);
      const isData = Array.isArray(data) && data.length === x.size;
      if (!isData || !data.every((entry) => typeof entry === "number")) {
        throw new ValueError(`Cannot change ${x.name ?? "a tensor"}: it has ${x.size} numbers`);
      }
      if (internals.nodeOf(x) !== null) {
        throw new ValueError(`Cannot change ${x.name ?? "a result"}: it is computed`);
      }
      const moved = new Tensor(
        [...x.shape],
        internals.entriesOf(x).map((_, k) => fromJsonNumber(data[k])),
      );
      return [x, moved];
    }),
  );
}

function found(tex: unknown): Tensor {
  const x = typeof tex === "string" ? lastShown(tex) : undefined;
  if (x === undefined) throw new ValueError("Cannot find this tensor any more: run its cell again");
  return x;
}

/**
 * The graph in which a shown tensor stands, with its gradient where it has one, at the numbers that the page shows;
 * `node` is its own.
 */
export function why(question: Question): object {
  const given = question.changes === undefined ? new Map<Tensor, Tensor>() : changesIn(question);
  const x = found(question.shown);
  const self = internals.primalOf(x) ?? x;
  if (internals.isLiteral(self)) throw new ValueError("Cannot say why: a number was written here");
  const whole = recordOf(internals.originOf(self)?.y ?? self);
  const record = whole.order.includes(self) ? whole : recordOf(self);
  const json = new Graph(record, false).toJSON();
  const node = record.order.indexOf(self) - json.omitted;
  if (node < 0)
    throw new ValueError("Cannot say why: the computation is too large to be drawn as far as here");
  const edits = [...given].flatMap(([leaf, moved]) => {
    const at = record.order.indexOf(leaf) - json.omitted;
    return at < 0 ? [] : Array.from(moved.data, (value, entry) => ({ node: at, entry, value }));
  });
  if (edits.length === 0) return { type: "why", graph: packed(json), node };
  return { ...edit({ graph: json.id, edits }), type: "why", node };
}

/** The most variables that are listed. */
const MOST_VARIABLES = 1000;

/** The tensors among the variables of the session, for a panel beside the notebook. */
export function tensorsNow(): object {
  const tensors = variables().flatMap(([name, value]) =>
    value instanceof Tensor
      ? [{ name, shape: value.shape, dtype: value.dtype, hasGradient: internals.gradientOf(value) !== null }]
      : [],
  );
  return { type: "variables", variables: tensors.slice(0, MOST_VARIABLES) };
}
