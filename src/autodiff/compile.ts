/**
 * A step that is the same each time but for its numbers, replayed: which ops it applies is seen in its first two calls,
 * and from then on their primals run one after the other in memory of their own, without tensors, records or rules.
 */

import { Arena, allocate, type Entries, inArena } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { type Recorder, recordedBy } from "../tensor/internals.ts";
import type { Form, Op } from "../tensor/op.ts";
import { checkFunction } from "../tensor/options.ts";
import { formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";

/** What a compiled step answers: a tensor, or a list of them. */
export type StepResult = Tensor | readonly Tensor[] | undefined;

/**
 * A step that runs as fast as its arithmetic: `step` is called twice as it is, and then replayed. It is given tensors,
 * and answers one, or a list, or nothing; parameters that it assigns keep changing. The numbers are those of `step`
 * itself, to the last bit.
 *
 * What is replayed is what was computed, so `step` must compute the same each time: it may not look at numbers, as
 * `J.item()` does, nor draw random ones, and what it decides by anything else than shapes is decided in its first calls.
 *
 * @throws ShapeError for other shapes than those of the first call; ValueError where the step cannot be replayed.
 * @example
 * const W = tensor([1, 2]);
 * const descent = sgd([W], { learningRate: 0.25 });
 * const step = compile((x) => {
 *   const J = sum(square(mul(W, x)));
 *   descent.step(J);
 *   return J;
 * });
 * [1, 2, 3].map(() => step(tensor([1, 1])).item()) // [5, 1.25, 0.3125]
 */
export function compile<Given extends readonly Tensor[], Result extends StepResult>(
  step: (...given: Given) => Result,
): (...given: Given) => Result {
  checkFunction("compile", step, "compile((X, T) => mse(model(X), T))");
  let first: Trace | null = null;
  let replay: Replay | null = null;
  return (...given) => {
    if (replay !== null) return replay.run(given) as Result; // as many tensors as the step itself answers
    const trace = new Trace(given);
    const result = recordedBy(trace, () => step(...given));
    trace.finish(result);
    if (first === null) first = trace;
    else replay = new Replay(first, trace);
    return result;
  };
}

/** Where a number comes from. */
type Source =
  | { readonly kind: "given"; readonly k: number }
  | { readonly kind: "made"; readonly k: number }
  /** A tensor that is there between calls, such as a parameter: its entries at the time. */
  | { readonly kind: "outside"; readonly x: Tensor; readonly entries: Entries };

/** Something that the step does. */
type Action =
  | { readonly primal: Op["primal"]; readonly form: Form; readonly inputs: readonly Operand[] }
  | { readonly to: Tensor; readonly from: Operand };

/** A value as an op is given it. */
interface Operand {
  readonly source: Source;
  readonly shape: Shape;
}

/** What one call of the step does. */
class Trace implements Recorder {
  readonly shapes: readonly Shape[];
  readonly types: readonly string[];
  readonly actions: Action[] = [];
  results: readonly Operand[] = [];
  /** Whether it answers a list. */
  isList = false;
  readonly #sources = new Map<Entries, Source>();
  readonly #given: readonly Tensor[];

  constructor(given: readonly Tensor[]) {
    this.#given = given;
    this.shapes = given.map(({ shape }) => [...shape]);
    this.types = given.map(({ dtype }) => dtype);
    for (const [k, x] of given.entries()) {
      if (this.#sources.has(internals.entriesOf(x))) {
        throw new ValueError(
          "Cannot compile a step that is given the same tensor twice: give a copy, x.detach()",
        );
      }
      this.#sources.set(internals.entriesOf(x), { kind: "given", k });
    }
  }

  applied(primal: Op["primal"], form: Form, entries: Entries, inputs: readonly Tensor[]): void {
    const operands = inputs.map((x) => this.#operandOf(x));
    // A change of shape alone hands on the entries of its operand.
    if (!this.#sources.has(entries)) this.#sources.set(entries, { kind: "made", k: this.actions.length });
    this.actions.push({ primal, form, inputs: operands });
  }

  assigned(x: Tensor, value: Tensor): void {
    if (this.#given.includes(x)) {
      throw new ValueError(
        "Cannot compile a step that assigns to a tensor it is given: let it be outside of the step",
      );
    }
    const from = this.#operandOf(value);
    this.actions.push({ to: x, from });
  }

  /** After an assignment the entries of `x` are others, which come from what was assigned. */
  replaced(x: Tensor, value: Tensor): void {
    this.#sources.set(internals.entriesOf(x), this.#operandOf(value).source);
  }

  refuse(why: string): never {
    throw new ValueError(`Cannot compile this step: ${why}`);
  }

  finish(result: StepResult): void {
    this.isList = Array.isArray(result);
    const results = result === undefined ? [] : result instanceof Tensor ? [result] : result;
    this.results = results.map((x) => this.#operandOf(x));
  }

  #operandOf(x: Tensor): Operand {
    const entries = internals.entriesOf(x);
    let source = this.#sources.get(entries);
    if (source === undefined) {
      source = { kind: "outside", x, entries };
      internals.share(x);
      this.#sources.set(entries, source);
    }
    return { source, shape: x.shape };
  }
}

/** A result that the next replay does not write over. */
function copyOf(stand: Tensor): Tensor {
  const entries = allocate(stand.dtype, stand.size, false);
  entries.set(internals.entriesOf(stand));
  return new Tensor([...stand.shape], entries);
}

/** Both traces of a step, which must do the same: what differs between them would be replayed wrongly. */
class Replay {
  readonly #trace: Trace;
  readonly #steps: (() => void)[] = [];
  readonly #results: readonly Tensor[];
  readonly #arena = new Arena();
  /** What stands for each value while the step is replayed, once per shape that it is seen in. */
  readonly #given: Tensor[][] = [];
  readonly #made: Tensor[][] = [];
  readonly #outside = new Map<Source, { readonly x: Tensor; readonly stands: Tensor[] }>();
  /** Those of them that are there between calls. */
  readonly #held: { readonly x: Tensor; readonly stands: Tensor[] }[] = [];

  constructor(first: Trace, second: Trace) {
    this.#trace = second;
    checkSame(first, second);
    for (const [k, action] of second.actions.entries()) {
      if ("to" in action) {
        const { to } = action;
        const from = this.#standFor(action.from);
        const isReadLater = readsAfter(second, k, to);
        this.#steps.push(() => {
          if (isReadLater) internals.share(to); // what stands for the numbers before has the same array
          internals.assign(to, from);
        });
        continue;
      }
      const { primal, form } = action;
      const inputs = action.inputs.map((operand) => this.#standFor(operand));
      const made: Tensor[] = [];
      this.#made[k] = made;
      this.#steps.push(() => {
        const entries =
          inputs.length === 1
            ? primal(form, inputs[0])
            : inputs.length === 2
              ? primal(form, inputs[0], inputs[1])
              : primal(form, ...inputs);
        for (let s = 0; s < made.length; s++) internals.lend(made[s], entries);
      });
    }
    this.#results = second.results.map((result) => this.#standFor(result));
  }

  run(given: readonly Tensor[]): StepResult {
    this.#checkGiven(given);
    for (const [k, x] of given.entries()) {
      internals.checkUntouched(x);
      for (const stand of this.#given[k] ?? []) internals.lend(stand, internals.entriesOf(x));
    }
    for (const { x, stands } of this.#held) {
      internals.checkUntouched(x);
      for (const stand of stands) internals.lend(stand, internals.entriesOf(x));
    }
    const steps = this.#steps;
    inArena(this.#arena, () =>
      internals.inEngine(() => {
        for (let k = 0; k < steps.length; k++) steps[k]();
      }),
    );
    return this.#trace.isList
      ? this.#results.map(copyOf)
      : this.#results.length === 0
        ? undefined
        : copyOf(this.#results[0]);
  }

  #checkGiven(given: readonly Tensor[]): void {
    const { shapes, types } = this.#trace;
    const fits =
      given.length === shapes.length &&
      given.every((x, k) => sameShape(x.shape, shapes[k]) && x.dtype === types[k]);
    if (fits) return;
    const shown = (list: readonly Shape[]): string => list.map(formatShape).join(" and ") || "nothing";
    throw new ShapeError(
      `Cannot replay a step that was compiled for ${shown(shapes)} with ${shown(given.map(({ shape }) => shape))}: ` +
        "compile another one for these",
      [...shapes, ...given.map(({ shape }) => shape)],
    );
  }

  /** The tensor that stands for a value in a shape. */
  #standFor({ source, shape }: Operand): Tensor {
    const stands = this.#standsOf(source);
    const known = stands.find((stand) => sameShape(stand.shape, shape));
    if (known !== undefined) return known;
    const entries = source.kind === "outside" ? source.entries : stands[0] && internals.entriesOf(stands[0]);
    const stand = new Tensor([...shape], entries ?? new Float64Array(0));
    stands.push(stand);
    return stand;
  }

  #standsOf(source: Source): Tensor[] {
    if (source.kind === "given") {
      this.#given[source.k] ??= [];
      return this.#given[source.k];
    }
    if (source.kind === "made") return this.#made[source.k];
    let outside = this.#outside.get(source);
    if (outside === undefined) {
      outside = { x: source.x, stands: [] };
      this.#outside.set(source, outside);
      if (held.has(source)) this.#held.push(outside);
    }
    return outside.stands;
  }
}

/** Whether anything after action number `k` is computed from the numbers that `x` had when the step began. */
function readsAfter({ actions, results }: Trace, k: number, x: Tensor): boolean {
  const later = actions.slice(k + 1).flatMap((action) => ("to" in action ? [action.from] : action.inputs));
  return [...later, ...results].some(({ source }) => source.kind === "outside" && source.x === x);
}

/** The sources that are the same tensor in both traces, so that its present entries count, and not those of then. */
const held = new WeakSet<Source>();

/** Throws where two calls of a step differ in what they do, or in the numbers that stand in them. */
function checkSame(first: Trace, second: Trace): void {
  const differ = (what: string): ValueError =>
    new ValueError(
      `Cannot compile a step that is not the same each time: ${what} differs between its first two calls`,
    );
  if (first.actions.length !== second.actions.length) throw differ("the number of ops");
  const compare = (a: Operand, b: Operand): void => {
    if (!sameShape(a.shape, b.shape))
      throw differ(`a shape, ${formatShape(a.shape)} and ${formatShape(b.shape)},`);
    const [one, other] = [a.source, b.source];
    if (one.kind !== other.kind) throw differ("where a number comes from");
    if (one.kind !== "outside" || other.kind !== "outside") {
      if (one.kind !== "outside" && other.kind !== "outside" && one.k !== other.k)
        throw differ("where a number comes from");
      return;
    }
    if (one.x === other.x) {
      held.add(other);
      return;
    }
    const isEqual =
      one.entries.length === other.entries.length &&
      one.entries.every((entry, k) => Object.is(entry, other.entries[k]));
    if (!isEqual) throw differ(`a number that stands in it, ${one.entries[0]} and ${other.entries[0]},`);
  };
  for (const [k, action] of second.actions.entries()) {
    const before = first.actions[k];
    if ("to" in action !== "to" in before) throw differ("an op");
    if ("to" in action && "to" in before) {
      if (action.to !== before.to) throw differ("what is assigned to");
      compare(before.from, action.from);
    } else if ("primal" in action && "primal" in before) {
      if (!sameShape(action.form.shape, before.form.shape)) throw differ("a shape");
      if (action.form.name !== before.form.name) throw differ("an op");
      if (action.inputs.length !== before.inputs.length) throw differ("an op");
      for (const [i, input] of action.inputs.entries()) compare(before.inputs[i], input);
    }
  }
  const [one, other] = [first.results, second.results];
  if (one.length !== other.length) throw differ("the number of results");
  for (const [k, result] of other.entries()) compare(one[k], result);
}
