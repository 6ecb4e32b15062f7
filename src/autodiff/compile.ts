/**
 * A step that is the same each time but for its numbers, replayed: which ops it applies is seen in its first two calls,
 * and from then on their primals run one after the other in memory of their own, without tensors, records or rules.
 */

import { type Fusion, fusionOf } from "../numeric/fusion.ts";
import { heapOf } from "../numeric/machine.ts";
import { Program } from "../numeric/program.ts";
import { Arena, allocate, inArena } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { recordedBy } from "../tensor/internals.ts";
import { checkFunction } from "../tensor/options.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import {
  type Action,
  type Computed,
  checkSame,
  isHeld,
  type Operand,
  type Source,
  type StepResult,
  Trace,
} from "./trace.ts";

export type { StepResult } from "./trace.ts";

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

/** A result that the next replay does not write over. */
function copyOf(stand: Tensor): Tensor {
  const entries = allocate(stand.dtype, stand.size, false);
  entries.set(internals.entriesOf(stand));
  return new Tensor([...stand.shape], entries);
}

/** Formulas of more entries are not part of a program: for these it saves nothing. */
const MOST_ENTRIES = 2048;

/** Both traces of a step, which must do the same: what differs between them would be replayed wrongly. */
class Replay {
  readonly #trace: Trace;
  readonly #steps: (() => void)[] = [];
  /** The same with a program in place of actions that follow each other, where there are kernels. */
  #quick: (() => void)[] | null = null;
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
    if (this.#quick === null && heapOf(false) !== null) this.#quick = this.#grouped();
    const steps = heapOf(false) === null ? this.#steps : (this.#quick ?? this.#steps);
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

  /** The steps, in which formulas of few entries that follow each other are one program. */
  #grouped(): (() => void)[] {
    const { actions } = this.#trace;
    const steps: (() => void)[] = [];
    for (let k = 0; k < actions.length; ) {
      let end = k;
      while (end < actions.length && this.#formulaOf(actions[end]) !== null) end++;
      const program = end - k < 2 ? null : this.#programOf(k, end);
      if (program === null) {
        end = Math.max(end, k + 1);
        steps.push(...this.#steps.slice(k, end));
      } else steps.push(program);
      k = end;
    }
    return steps;
  }

  /** What an action computes of the entries of its operands, if that is all, and on few doubles. */
  #formulaOf(action: Action): Fusion | null {
    if ("to" in action) return null;
    const { primal, form, inputs } = action;
    const size = sizeOf(form.shape);
    const isFit = form.dtype === "float64" && size > 0 && size <= MOST_ENTRIES;
    const fits = (operand: Operand): boolean => {
      const own = sizeOf(operand.shape);
      return (own === size || own === 1) && this.#typeOf(operand.source) === "float64";
    };
    return isFit && inputs.every(fits) ? fusionOf(primal) : null;
  }

  #typeOf(source: Source): string {
    const { types, actions } = this.#trace;
    if (source.kind === "given") return types[source.k];
    if (source.kind === "outside") return source.x.dtype;
    const action = actions[source.k];
    return "to" in action ? action.to.dtype : action.form.dtype;
  }

  /** Actions from number `start` to before `end` as one step; `null` where they do not fit. */
  #programOf(start: number, end: number): (() => void) | null {
    const { actions, results } = this.#trace;
    const isInside = ({ source }: Operand): boolean =>
      source.kind === "made" && source.k >= start && source.k < end;
    const inside = actions.slice(start, end) as Computed[]; // each has a formula
    const given = new Map<Source, { value: number; size: number; stand: Tensor }>();
    for (const operand of inside.flatMap(({ inputs }) => inputs)) {
      if (isInside(operand) || given.has(operand.source)) continue;
      const size = sizeOf(operand.shape);
      given.set(operand.source, { value: given.size, size, stand: this.#standFor(operand) });
    }
    const numberOf = ({ source }: Operand): number =>
      given.get(source)?.value ?? given.size + (source.kind === "made" ? source.k - start : 0);
    const program = Program.of(
      Array.from(given.values(), ({ size }) => size),
      inside.map((action) => ({
        fusion: this.#formulaOf(action) as Fusion, // as `#grouped` asked
        size: sizeOf(action.form.shape),
        operands: action.inputs.map(numberOf),
      })),
    );
    if (program === null) return null;
    const beside = actions.flatMap((action, k) =>
      k >= start && k < end ? [] : "to" in action ? [action.from] : action.inputs,
    );
    const asked = new Set([...beside, ...results].filter(isInside).map(numberOf));
    const wanted = Array.from(asked, (value) => {
      const k = value - given.size;
      return { value, size: sizeOf(inside[k].form.shape), stands: this.#made[start + k] };
    });
    const stands = Array.from(given.values(), ({ stand }) => stand);
    return () => {
      program.run(stands.map(internals.entriesOf));
      for (const { value, size, stands } of wanted) {
        const entries = allocate("float64", size, false);
        program.read(value, entries);
        for (const stand of stands) internals.lend(stand, entries);
      }
    };
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
      if (isHeld(source)) this.#held.push(outside);
    }
    return outside.stands;
  }
}

/** Whether anything after action number `k` is computed from the numbers that `x` had when the step began. */
function readsAfter({ actions, results }: Trace, k: number, x: Tensor): boolean {
  const later = actions.slice(k + 1).flatMap((action) => ("to" in action ? [action.from] : action.inputs));
  return [...later, ...results].some(({ source }) => source.kind === "outside" && source.x === x);
}
