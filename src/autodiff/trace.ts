/** What a step does, as it is seen while it is called: to be replayed, or refused. */

import type { Entries } from "../tensor/dtype.ts";
import { ValueError } from "../tensor/errors.ts";
import type { Recorder } from "../tensor/internals.ts";
import type { Form, Op } from "../tensor/op.ts";
import { formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";

/** What a compiled step answers: a tensor, or a list of them. */
export type StepResult = Tensor | readonly Tensor[] | undefined;

/** Where a number comes from. */
export type Source =
  | { readonly kind: "given"; readonly k: number }
  | { readonly kind: "made"; readonly k: number }
  /** A tensor that is there between calls, such as a parameter: its entries at the time. */
  | { readonly kind: "outside"; readonly x: Tensor; readonly entries: Entries };

/** Something that the step does. */
export type Action = Computed | { readonly to: Tensor; readonly from: Operand };

export interface Computed {
  readonly primal: Op["primal"];
  readonly form: Form;
  readonly inputs: readonly Operand[];
}

/** A value as an op is given it. */
export interface Operand {
  readonly source: Source;
  readonly shape: Shape;
}

/** What one call of the step does. */
export class Trace implements Recorder {
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

/** The sources that are the same tensor in both traces, so that its present entries count, and not those of then. */
const held = new WeakSet<Source>();

/** Whether a source is the same tensor in both traces, as `checkSame` has seen. */
export const isHeld = (source: Source): boolean => held.has(source);

/** Throws where two calls of a step differ in what they do, or in the numbers that stand in them. */
export function checkSame(first: Trace, second: Trace): void {
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
