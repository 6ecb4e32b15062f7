/** What an op is, and how a function becomes one. */

import type { Mask } from "../rules/mask.ts";
import type { Big, LengthsTex, Tex, TexRule } from "../tex/tex.ts";
import type { Dtype, Entries } from "./dtype.ts";
import { placeNow } from "./host.ts";
import type { Shape } from "./shape.ts";
import { inLetters } from "./symbol.ts";
import type { Tensor } from "./tensor.ts";
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
  /**
   * Which entry of its operand an entry of the result is, for an op that only moves entries: `i+k-1` and `j+l-1` for the
   * entry `ijkl` of `windows`. Beyond the ends of the operand it is 0.
   */
  readonly origin?: (...indices: string[]) => string[];
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
  const facts: Described = {
    samples,
    method: method ?? asMethod(op, operands),
    ...(formula && { formula }),
    remake: remake ?? (() => op as Call),
    chapter: chapter ?? chapterOf(formula),
  };
  // Out of sight where a function is printed.
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(op, name, { value });
  // F says more about the shapes than the compiler can see in `call`; the tests compare the two.
  return op as unknown as F;
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

/** What a student calls an op. */
export function publicName({ name, of }: Op): string {
  return of ?? name;
}
