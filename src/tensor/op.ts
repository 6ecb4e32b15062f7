/** What an op is, and the one place where ops meet their arguments and are recorded. */

import type { Mask } from "../rules/mask.ts";
import type { Big, LengthsTex, Tex, TexRule } from "../tex/tex.ts";
import { checkForNaN } from "./debug.ts";
import type { Dtype, Entries } from "./dtype.ts";
import { DtypeError, GradientError, ValueError } from "./errors.ts";
import { currentScope, leaveAll, placeNow } from "./host.ts";
import { kindOf } from "./options.ts";
import type { Shape } from "./shape.ts";
import { inLetters, letteredShape } from "./symbol.ts";
import { internals, Tensor } from "./tensor.ts";
import type { Operand } from "./typed-shapes.ts";

/** The rule of an op: everything that the library knows about it. */
export interface Op {
  readonly name: string;
  /** The op that it belongs to, where only a backward pass takes this step. */
  readonly of?: string;
  /** The LaTeX of the result, given that of the arguments. */
  readonly tex: (...x: Tex[]) => Tex;
  /** The same with lengths as letters, for an op whose LaTeX prints some. */
  readonly texIn?: (lengths: LengthsTex) => TexRule;
  /** The result's shape; a ShapeError when the arguments' shapes do not fit. */
  readonly shape: (...x: Shape[]) => Shape;
  /**
   * Which axes of the result and of the arguments are the same, as an index string such as `ik,kj->ij`; absent where
   * an op moves entries about freely.
   */
  readonly indices?: (...x: Shape[]) => string;
  /** Which lengths are equal, in the same notation, if the entries do not correspond in this way: `aa->` for a det. */
  readonly lengths?: (...x: Shape[]) => string;
  /** The LaTeX of one entry of the result, given that of the arguments' entries, where it differs from `tex`. */
  readonly cell?: (...x: Tex[]) => Tex;
  /** ∂y/∂xᵢ of one entry, for an op that acts entry by entry. */
  readonly local?: (i: number, y: Tensor, ...x: Tensor[]) => Operand | Mask;
  /** Where it branches, so that what holds on one side says nothing of the other: at 0, or where operands are equal. */
  readonly bends?: Bend;
  /** What a textbook writes, if the op computes it in a more stable way. */
  readonly definition?: Call;
  /** How it is made again from JSON; `null` for a function that only this session knows. */
  readonly recipe: Recipe | null;
  /** Whether it stands for an arbitrary function, so that its derivatives just remain ∂y/∂x. */
  readonly isAbstract?: boolean;
  /** The sign by which entries are folded into one of the result, if that is not a sum. */
  readonly big?: Big;
  /** What the sum of a contraction is divided by. */
  readonly divisor?: number;
  /** The result's number type, if it is not that of the arguments. */
  readonly dtype?: Dtype;
  /** The result's entries. Nothing is recorded here. */
  readonly primal: (form: Form, ...x: Tensor[]) => Entries;
  /** Pulls the cotangent of y back to argument i; `null` if no derivative passes. */
  readonly vjp: (i: number, ct: Tensor, y: Tensor, ...x: Tensor[]) => Tensor | null;
  /** Pushes a tangent of argument i forward to its share of the tangent of y; `null` as above. */
  readonly jvp: (i: number, t: Tensor, y: Tensor, ...x: Tensor[]) => Tensor | null;
}

/** Where an op branches. */
export type Bend = "at 0" | "at a tie";

/** What makes an op beside its operands, as JSON. */
export interface Recipe {
  /** Which `Maker` makes it: see `ops/makers.ts`. */
  readonly maker: string;
  readonly [option: string]: unknown;
}

/** Makes ops of a kind again. */
export interface Maker {
  /**
   * The op of a recipe, as a function whose result has `shape`. A recipe may be a stranger's: what it asks for must not
   * be larger than its operands and that shape allow.
   */
  readonly remake: (recipe: never, shape: readonly number[]) => Call;
}

/** What a result looks like before it has entries. */
export interface Form {
  readonly shape: Shape;
  readonly dtype: Dtype;
}

/** A function of tensors. */
export type Call = (...x: Tensor[]) => Tensor;

/** One way to call an op, from which the tests that hold for every op draw their arguments. */
export interface Sample {
  readonly shapes: readonly Shape[];
  /** The op, its options filled in. */
  readonly call: Call;
  /** What a textbook writes, if the op computes it in a more stable way. */
  readonly definition?: Call;
  /** The interval from which each argument is drawn; kinks lie outside. */
  readonly domain: readonly Interval[];
  /** Whether entries must differ clearly, because the op has kinks where two are equal. */
  readonly distinct?: boolean;
}

/** An interval of the real line. */
export type Interval = readonly [low: number, high: number];

/** How a formula calls an op whose arguments are all tensors. */
export interface FormulaCall {
  /** How many arguments it takes. */
  readonly arity: number;
  /** Entry by entry, so that it can be applied to an entry too; along an axis, if one is given; or on the whole. */
  readonly acts: "entrywise" | "along an axis" | "as a whole" | "on a square matrix";
  /** What mathematics calls it beside its own name, as ln for log. */
  readonly aliases?: readonly string[];
  /** Its LaTeX, where that is not just its name. */
  readonly tex?: (axis: number | null) => TexRule;
}

/** A chapter of the reference. */
export type Chapter = "Make" | "Elementwise" | "Reduce" | "Linear algebra and shape" | "Neural networks";

/** What every exported op has besides being a function. */
export interface Described extends Maker {
  readonly samples: readonly Sample[];
  /** The op as a method of its first argument. It answers a tensor, or a list of them, each of which an op made. */
  readonly method: (this: Tensor, ...rest: never[]) => Tensor | Tensor[];
  /** Absent where it takes more than tensors. */
  readonly formula?: FormulaCall;
  /** Where it stands in the reference. */
  readonly chapter: Chapter;
}

/** What an op says about itself besides what it computes; what it leaves out follows from its kind. */
export interface Facts extends Partial<Omit<Described, "samples">> {}

function chapterOf(formula: FormulaCall | undefined): Chapter {
  if (formula?.acts === "entrywise") return "Elementwise";
  return formula?.acts === "along an axis" ? "Reduce" : "Linear algebra and shape";
}

/** Makes a function an op: with samples for the tests, and as a method, by default of its first argument. */
export function publish<F extends Described>(
  call: (first: never, ...rest: never[]) => Tensor | Tensor[],
  samples: readonly Sample[],
  { method, formula, remake, chapter }: Facts = {},
): F {
  const op = (first: never, ...rest: never[]): Tensor | Tensor[] => {
    try {
      return call(first, ...rest);
    } catch (error) {
      inLetters(error, [first, ...rest].flat());
      noteRefusal(error, { op, given: [first, ...rest], at: placeNow() });
      throw error;
    }
  };
  const asMethod = function (this: Tensor, ...rest: never[]): Tensor | Tensor[] {
    return op(this as never, ...rest);
  };
  // F says more about the shapes than the compiler can see in `call`; the tests compare the two.
  return Object.assign(op, {
    samples,
    method: method ?? asMethod,
    formula,
    remake: remake ?? (() => op as Call),
    chapter: chapter ?? chapterOf(formula),
  }) as unknown as F;
}

/** A call of an op that threw. */
export interface Refusal {
  readonly op: unknown;
  readonly given: readonly unknown[];
  readonly at: number;
}

const refusals = new WeakMap<Error, Refusal>();
let latest: Error | null = null;

/** An op that is made of others is noted last, as it is the one that was called. */
function noteRefusal(error: unknown, refusal: Refusal): void {
  if (!(error instanceof Error)) return;
  refusals.set(error, refusal);
  latest = error;
}

/** The call of an op that threw `error`, or that threw last; `null` if no op did. */
export function refusalOf(error: Error | null = latest): (Refusal & { readonly error: Error }) | null {
  const refusal = error === null ? undefined : refusals.get(error);
  return error === null || refusal === undefined ? null : { ...refusal, error };
}

let recording = true;

/** Runs `compute` without recording how its results come about: they are leaves, and keep nothing alive. */
export function withoutRecording<R>(compute: () => R): R {
  const before = recording;
  recording = false;
  try {
    return compute();
  } finally {
    recording = before;
  }
}

let byHand = false;

/** Runs `compute` with the library's derivatives switched off: what it answers has been derived by hand. */
export function withoutDerivatives<R>(compute: () => R): R {
  const before = byHand;
  byHand = true;
  try {
    return compute();
  } finally {
    byHand = before;
  }
}

/** Throws where derivatives are switched off. */
export function checkDerivatives(action: string): void {
  if (!byHand) return;
  throw new GradientError(
    `Cannot ${action} here: this exercise is by hand, so the library's derivatives are switched off while it is checked`,
  );
}

/** Records again, stops watching and allows derivatives, after code was stopped in the middle of any of it. */
export function recordAgain(): void {
  recording = true;
  byHand = false;
  watcher = null;
}

/** What is called with every op that is applied. */
export type Watcher = (op: Op, y: Tensor, inputs: readonly Tensor[]) => void;

let watcher: Watcher | null = null;

/** Runs `compute` and calls `watch` for every op that is applied meanwhile, except by `watch` itself. */
export function watching<R>(watch: Watcher, compute: () => R): R {
  const before = watcher;
  watcher = watch;
  try {
    return compute();
  } finally {
    watcher = before;
  }
}

function tell(watch: Watcher, op: Op, y: Tensor, inputs: readonly Tensor[]): void {
  watcher = null;
  try {
    withoutRecording(() => watch(op, y, inputs));
  } finally {
    watcher = watch;
  }
}

/** Applies an op. Every computed tensor comes from here. */
export function applyOp(op: Op, ...inputs: Tensor[]): Tensor {
  const shape = op.shape(...inputs.map((x) => x.shape));
  const common = commonDtype(op, inputs);
  const form = { shape, dtype: op.dtype ?? common ?? "float64" };
  const entries = entriesOf(op, form, inputs);
  const node = recording ? { op, inputs, time: internals.now(), scope: currentScope() } : null;
  const isSymbolic = hasSymbol(inputs);
  const y = new Tensor(isSymbolic ? letteredShape(shape) : shape, entries, node);
  if (isSymbolic) internals.setSymbolic(y);
  if (common === null && op.dtype === undefined) internals.setWeak(y);
  checkForNaN(op.name, y, inputs);
  if (watcher !== null) tell(watcher, op, y, inputs);
  return y;
}

function entriesOf(op: Op, form: Form, inputs: Tensor[]): Entries {
  internals.enterEngine();
  try {
    return op.primal(form, ...inputs);
  } finally {
    internals.leaveEngine();
  }
}

function hasSymbol(inputs: readonly Tensor[]): boolean {
  for (const x of inputs) if (internals.isSymbolic(x)) return true;
  return false;
}

/** The number type of the arguments; `null` if all come from numbers in a formula, which adapt to the others. */
function commonDtype(op: Op, inputs: readonly Tensor[]): Dtype | null {
  let common: Dtype | null = null;
  for (const x of inputs) {
    internals.checkUntouched(x);
    if (internals.isWeak(x) || x.dtype === common) continue;
    if (common !== null) {
      throw new DtypeError(
        `Cannot ${publicName(op)} ${common} and ${x.dtype}: cast one to the other's dtype, as in x.cast("${common}")`,
      );
    }
    common = x.dtype;
  }
  return common;
}

/** An operand as a tensor: a number is a scalar. `action` is the verb of the error's sentence. */
export function toTensor(action: string, x: Operand): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "number") return internals.literal(x);
  const kind = typeof x === "string" ? "a value of type string" : kindOf(x);
  throw new ValueError(`Cannot ${action} ${kind}: give a tensor, as tensor([[1, 2]]) makes one, or a number`);
}

/** What a student calls an op. */
export function publicName({ name, of }: Op): string {
  return of ?? name;
}

// Restores what an interrupt leaves behind.

/** Code that is stopped from outside does not run its `finally` blocks: call this once none of it is running. */
export function recover(): void {
  recordAgain();
  leaveAll();
  internals.leaveRegions();
}
