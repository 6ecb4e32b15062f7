/** What a case is: a piece of work, said once for each rival. */
import type * as Gradbook from "../src/index.ts";

/** The library, or a package of another language user's choice, whose types are not there before it is installed. */
export type Library = typeof Gradbook;
// biome-ignore lint/suspicious/noExplicitAny: the packages of rivals are not there when types are checked
export type Foreign = any;

/** A piece of work that is measured. */
export interface Case {
  readonly title: string;
  /** What one run is told in: a time, or operations per time. */
  readonly unit: "ns" | "µs" | "ms" | "s" | "GFLOP/s";
  /** The sizes at which it is measured, and what they are the sizes of; once, without. */
  readonly sizes?: { readonly of: string; readonly values: readonly number[] };
  /** Whether the clock on the wall counts, for what several processes do, or waits; else the processor time does. */
  readonly isWall?: boolean;
  /** The floating-point operations of one run at a size, for GFLOP/s. */
  readonly operations?: (size: number) => number;
  /** The work, as each rival's users write it. Who is not there is not measured. */
  readonly rivals: Rivals;
  readonly goals?: readonly Goal[];
}

type Name = keyof Rivals;

/** Each in a process of its own. A text is Python that defines `work()`, and perhaps `answer()`. */
export interface Rivals {
  readonly Gradbook?: Prepare<Library>;
  readonly "Gradbook compiled"?: Prepare<Library>;
  readonly "Gradbook on BLAS"?: Prepare<Library>;
  readonly "Gradbook compiled on BLAS"?: Prepare<Library>;
  readonly PyTorch?: string;
  readonly "PyTorch vectorised"?: string;
  readonly "PyTorch's exp"?: string;
  readonly NumPy?: string;
  readonly JAX?: string;
  readonly "jax-js"?: Prepare<Foreign>;
  readonly tfjs?: Prepare<Foreign>;
  readonly "numpy-ts"?: Prepare<Foreign>;
  readonly "ml-matrix"?: Prepare<Foreign>;
}

/** Makes what the work needs, from the rival's package and a size. */
export type Prepare<L> = (library: L, size: number) => Prepared | Promise<Prepared>;

/** What is timed, and what it answers. */
export interface Prepared {
  readonly work: () => unknown;
  /** A number by which the rivals are compared, after one run of the work and before anything is timed. */
  readonly answer?: () => number | Promise<number>;
}

/** What a ratio, or a number of its own, is meant to be. */
export interface Goal {
  readonly of: Name;
  readonly over?: Name;
  /** At which size; the largest, if it is left out. */
  readonly at?: number;
  /** The size of `over`, if it is another one. */
  readonly overAt?: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** The numbers that every rival computes with: sin 1, sin 2, … */
export function data(count: number, scale = 1): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => scale * Math.sin(k + 1));
}
