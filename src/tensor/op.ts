/** What an op is, and the one place where ops meet their arguments and are recorded. */

import type { Mask } from "../rules/mask.ts";
import type { Big, LengthsTex, Tex, TexRule } from "../tex/tex.ts";
import { checkForNaN, isDebugging } from "./debug.ts";
import { type Dtype, type Entries, leaveArenas } from "./dtype.ts";
import { DtypeError, GradientError, ValueError } from "./errors.ts";
import { currentScope, leaveAll, placeNow } from "./host.ts";
import { computed, FLOAT32, HANDED_OUT, recordedBy, SYMBOLIC, stopRecorders, WEAK } from "./internals.ts";
import { kindOf } from "./options.ts";
import { type Shape, sameShape } from "./shape.ts";
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
  /**
   * The value at one entry, for an op that acts entry by entry: its operands broadcast, and nothing but their entries
   * matters.
   */
  readonly kernel?: Kernel;
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
  /**
   * The same for many cotangents at once, which have an axis more, in front; absent where one at a time can be pulled
   * back only.
   */
  readonly vjps?: (i: number, cts: Tensor, y: Tensor, ...x: Tensor[]) => Tensor | null;
  /** Pushes a tangent of argument i forward to its share of the tangent of y; `null` as above. */
  readonly jvp: (i: number, t: Tensor, y: Tensor, ...x: Tensor[]) => Tensor | null;
}

/** A function of numbers. */
export type Kernel = (...x: number[]) => number;

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
  /** The op that asks for it. */
  readonly name?: string;
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

/**
 * Makes a function an op: with samples for the tests, and as a method, by default of its first argument. One that takes
 * exactly one or two operands says so: then no call of it makes a list.
 */
export function publish<F extends Described>(
  call: (first: never, ...rest: never[]) => Tensor | Tensor[],
  samples: readonly Sample[],
  { method, formula, remake, chapter }: Facts = {},
  operands?: 1 | 2,
): F {
  const refuse = (error: unknown, given: readonly unknown[]): unknown => {
    inLetters(error, given.flat());
    noteRefusal(error, { op, given, at: placeNow() });
    return error;
  };
  const op = wrapped(call as Wrapped, refuse, operands);
  // F says more about the shapes than the compiler can see in `call`; the tests compare the two.
  return Object.assign(op, {
    samples,
    method: method ?? asMethod(op, operands),
    formula,
    remake: remake ?? (() => op as Call),
    chapter: chapter ?? chapterOf(formula),
  }) as unknown as F;
}

type Wrapped = (...given: unknown[]) => Tensor | Tensor[];

/** The function, whose errors are noted before they are thrown. */
function wrapped(
  call: Wrapped,
  refuse: (error: unknown, given: readonly unknown[]) => unknown,
  operands: 1 | 2 | undefined,
): Wrapped {
  if (operands === 1) {
    return (x) => {
      try {
        return call(x);
      } catch (error) {
        throw refuse(error, [x]);
      }
    };
  }
  if (operands === 2) {
    return (x, y) => {
      try {
        return call(x, y);
      } catch (error) {
        throw refuse(error, [x, y]);
      }
    };
  }
  return (...given) => {
    try {
      return call(...given);
    } catch (error) {
      throw refuse(error, given);
    }
  };
}

function asMethod(op: Wrapped, operands: 1 | 2 | undefined): Described["method"] {
  if (operands === 1) {
    return function (this: Tensor): Tensor | Tensor[] {
      return op(this);
    };
  }
  if (operands === 2) {
    return function (this: Tensor, y: never): Tensor | Tensor[] {
      return op(this, y);
    };
  }
  return function (this: Tensor, ...rest: never[]): Tensor | Tensor[] {
    return op(this, ...rest);
  };
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
  stopRecorders();
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

/** Whether nobody records, watches or checks the ops that are applied, so that only results matter. */
export function isQuiet(): boolean {
  return !recording && isUnobserved();
}

/** Whether nobody watches or checks the ops that are applied: then nobody keeps what lies between. */
export function isUnobserved(): boolean {
  return watcher === null && !isDebugging();
}

/** Runs `compute` with what it applies recorded, and nobody watching: to see of which ops a formula is made. */
export function tracing<R>(compute: () => R): R {
  const [wasRecording, watched] = [recording, watcher];
  recording = true;
  watcher = null;
  try {
    return recordedBy(null, compute);
  } finally {
    recording = wasRecording;
    watcher = watched;
  }
}

/** Applies an op. */
export function applyOp(op: Op, ...inputs: Tensor[]): Tensor {
  return applyTo(op, inputs);
}

/** The same for a list of operands, which the record keeps. Every computed tensor comes from here. */
export function applyTo(op: Op, inputs: readonly Tensor[]): Tensor {
  let traits = 0;
  let type = UNKNOWN;
  for (let i = 0; i < inputs.length; i++) {
    const own = internals.traitsOf(inputs[i]);
    traits |= own;
    if ((own & HANDED_OUT) !== 0) internals.checkUntouched(inputs[i]);
    if ((own & WEAK) !== 0) continue;
    if (type === UNKNOWN) type = own & FLOAT32;
    else if (type !== (own & FLOAT32)) throw mixed(op, inputs, type, own & FLOAT32);
  }
  const shape = shapeOf(op, inputs);
  const dtype = op.dtype ?? (type === FLOAT32 ? "float32" : "float64");
  const entries = computed(op.primal, { shape, dtype, name: op.name }, inputs);
  const node = recording && isRecorder ? { op, inputs, time: internals.now(), scope: currentScope() } : null;
  const isSymbolic = (traits & SYMBOLIC) !== 0;
  const y = new Tensor(isSymbolic ? letteredShape(shape) : shape, entries, node);
  if (isSymbolic) internals.setSymbolic(y);
  // All come from numbers in a formula, which adapt to what they are combined with.
  if (type === UNKNOWN && op.dtype === undefined) internals.setWeak(y);
  checkForNaN(op.name, y, inputs);
  if (watcher !== null) tell(watcher, op, y, inputs);
  return y;
}

/** The number type before any operand has one. */
const UNKNOWN = -1;

// Lists of one and two operands are the usual ones, and are passed on without another list.

function shapeOf(op: Op, inputs: readonly Tensor[]): Shape {
  if (inputs.length === 1) return op.shape(inputs[0].shape);
  if (inputs.length !== 2) return op.shape(...inputs.map((x) => x.shape));
  const [{ shape: a }, { shape: b }] = inputs;
  if (op.kernel === undefined) return op.shape(a, b);
  return b.length === 0 || sameShape(a, b) ? a : a.length === 0 ? b : op.shape(a, b);
}

function mixed(op: Op, inputs: readonly Tensor[], one: number, other: number): DtypeError {
  shapeOf(op, inputs); // shapes that do not fit are the graver error
  const [a, b] = [one, other].map((type): Dtype => (type === FLOAT32 ? "float32" : "float64"));
  return new DtypeError(
    `Cannot ${publicName(op)} ${a} and ${b}: cast one to the other's dtype, as in x.cast("${a}")`,
  );
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

let isRecorder = true;

/** Records nothing from now on and for good, so that nothing in this process can be differentiated any more. */
export function stopRecording(): void {
  isRecorder = false;
}

/** Code that is stopped from outside does not run its `finally` blocks: call this once none of it is running. */
export function recover(): void {
  recordAgain();
  leaveAll();
  leaveArenas();
  internals.leaveRegions();
}
