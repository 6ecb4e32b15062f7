/** The tensor: numbers with a shape, a name, and a memory of how they came about. */

import { type Dtype, dtypeOf, type Entries } from "./dtype.ts";
import { GradientError, ShapeError, ValueError } from "./errors.ts";
import { placeNow } from "./host.ts";
import type { Op } from "./op.ts";
import type { Scope } from "./scope.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import type { Nested, NestedOf } from "./typed-shapes.ts";

/** How a tensor came about: the op, and the tensors it was applied to. */
export interface Node {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  /** The time of the last `assign` before it was recorded. */
  readonly time: number;
  /** What it was part of, such as a layer. */
  readonly scope: Scope | null;
}

/** What a tensor is, where that is worth more than a name: ∂Y/∂X. */
export interface Label {
  readonly tex: string;
  readonly text: string;
}

/** The `backward` that gave a tensor its gradient: where it started, and with which dY. */
export interface Origin {
  readonly y: Tensor;
  /** `null` where none was given, as y is a single number. */
  readonly cotangent: Tensor | null;
}

/** What only the engine may touch; set by the class below, which alone can see its private fields. */
interface Internals {
  /** How `x` came about; `null` for a leaf. */
  nodeOf(x: Tensor): Node | null;
  /** Whether `x` is a number that stood in a formula, such as the 1 of `sub(1, x)`. */
  isLiteral(x: Tensor): boolean;
  /** A number that stands in a formula, as a scalar. */
  literal(value: number): Tensor;
  /** Whether `x` comes of numbers alone, and so takes the number type of what it meets. */
  isWeak(x: Tensor): boolean;
  setWeak(x: Tensor): void;
  /** The tensor whose gradient `x` is, or `null`. */
  primalOf(x: Tensor): Tensor | null;
  /** The `.grad` of `x`, or `null` before a backward pass has reached it. */
  gradientOf(x: Tensor): Tensor | null;
  /** Makes the numbers of `gradient` the `.grad` of `x`, which prints as dX. */
  setGradient(x: Tensor, gradient: Tensor): void;
  /** The `backward` that reached `x` last; `null` before any. */
  originOf(x: Tensor): Origin | null;
  setOrigin(x: Tensor, origin: Origin): void;
  /** What `x` is printed as beside its name. */
  labelOf(x: Tensor): Label | null;
  setLabel(x: Tensor, label: Label): void;
  /** The letters a symbol was given for its lengths; `null` for a tensor of numbers. */
  dimsOf(x: Tensor): readonly (string | null)[] | null;
  setDims(x: Tensor, dims: readonly (string | null)[]): void;
  /** Where in the notebook `x` was made, as the host counts places; 0 where nobody does. */
  madeAt(x: Tensor): number;
  /** The time of the last `assign` to `x`; 0 before any. */
  assignedAt(x: Tensor): number;
  /** The time of the last `assign` to any tensor. */
  now(): number;
  /** Replaces the entries of `x`. */
  assign(x: Tensor, entries: Entries): void;
  /** Names `x` after its declaration, unless it has a name. */
  captureName(x: Tensor, name: string): void;
}

export let internals: Internals;

/**
 * An array of numbers of any rank that remembers how it was computed, so that it can be differentiated.
 *
 * Its entries change only by `assign`. Every op is a method and a function alike: `X.exp()` is `exp(X)`.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).sum().item() // 10
 */
export class Tensor<out S extends Shape = Shape> {
  /** The lengths of the axes, such as `[2, 3]`. */
  readonly shape: S;
  #data: Entries;
  readonly #node: Node | null;
  readonly #madeAt: number = placeNow();
  #name: string | null = null;
  #literal = false;
  #weak = false;
  #gradient: Tensor | null = null;
  /** The tensor whose gradient this is. */
  #gradientOf: Tensor | null = null;
  #origin: Origin | null = null;
  #assignedAt = 0;
  #label: Label | null = null;
  #dims: readonly (string | null)[] | null = null;

  /** Use `tensor([[1, 2], [3, 4]])` instead. */
  constructor(shape: S, data: Entries, node: Node | null = null) {
    this.shape = shape;
    this.#data = data;
    this.#node = node;
  }

  static {
    let clock = 0;
    internals = {
      nodeOf: (x) => x.#node,
      isLiteral: (x) => x.#literal,
      literal: (value) => {
        const x: Tensor = new Tensor([], Float64Array.of(value));
        x.#literal = true;
        x.#weak = true;
        return x;
      },
      isWeak: (x) => x.#weak,
      setWeak: (x) => {
        x.#weak = true;
      },
      primalOf: (x) => x.#gradientOf,
      gradientOf: (x) => x.#gradient,
      setGradient: (x, { shape, data }) => {
        // A tensor of its own: an add hands the same cotangent to both operands, and each is to have its name.
        x.#gradient = new Tensor(shape, data);
        x.#gradient.#gradientOf = x;
      },
      originOf: (x) => x.#origin,
      setOrigin: (x, origin) => {
        x.#origin = origin;
      },
      labelOf: (x) => x.#label,
      setLabel: (x, label) => {
        x.#label = label;
      },
      dimsOf: (x) => x.#dims,
      setDims: (x, dims) => {
        x.#dims = dims;
      },
      madeAt: (x) => x.#madeAt,
      assignedAt: (x) => x.#assignedAt,
      now: () => clock,
      assign: (x, entries) => {
        x.#data = entries.slice(); // a parameter lives long, and must not keep the slab of a result
        x.#assignedAt = ++clock;
      },
      captureName: (x, name) => {
        if (x.name === null) x.#name = name;
      },
    };
  }

  /** The number of axes. */
  get rank(): S["length"] {
    return this.shape.length;
  }

  /** The number of entries. */
  get size(): number {
    return this.#data.length;
  }

  /** The entries, the last axis running fastest. */
  get data(): Entries {
    return this.#data;
  }

  /** The number type of the entries. */
  get dtype(): Dtype {
    return dtypeOf(this.#data);
  }

  /**
   * The name it prints under: from its declaration, or given by `as`; a gradient is named after its tensor.
   *
   * @example
   * tensor([1, 2]).as("b").name // "b"
   */
  get name(): string | null {
    const primal = this.#gradientOf?.name;
    return this.#name ?? (primal ? `d${primal}` : null);
  }

  /**
   * Names the tensor, and returns it. Scripts are written `_` and `^`, Greek letters by their names.
   *
   * @example
   * tensor([[1, 2]]).as("Z^[O]").name // "Z^[O]"
   */
  as(name: string): this {
    this.#name = name;
    return this;
  }

  /**
   * The gradient ∂J/∂X, of the shape of X, once `J.backward()` has reached this tensor.
   *
   * @throws GradientError when no `backward` has.
   */
  get grad(): Tensor<S> {
    if (this.#gradient === null) {
      const name = this.name ?? "this tensor";
      throw new GradientError(
        `Cannot read the gradient of ${name}: no backward has reached it; ` +
          `call J.backward() on a J that is computed from ${name}`,
      );
    }
    return this.#gradient as Tensor<S>; // setGradient is only called with a gradient of the shape of x
  }

  /**
   * The one number of a tensor of size 1.
   *
   * @throws ShapeError for any other size.
   */
  item(): number {
    this.#checkNumbers("item");
    if (this.size !== 1) {
      throw new ShapeError(
        `Cannot take item of shape ${formatShape(this.shape)}: it has ${this.size} entries, not 1; ` +
          "toArray() gives all of them",
        [this.shape],
      );
    }
    return this.data[0];
  }

  /**
   * The entries in nested arrays.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).T.toArray() // [[1, 3], [2, 4]]
   */
  toArray(): NestedOf<S> {
    this.#checkNumbers("toArray");
    const nest = (axis: number, offset: number, stride: number): Nested => {
      if (axis === this.rank) return this.data[offset];
      const length = this.shape[axis];
      const inner = stride / length;
      return Array.from({ length }, (_, i) => nest(axis + 1, offset + i * inner, inner));
    };
    return nest(0, 0, sizeOf(this.shape)) as NestedOf<S>; // nested once per axis
  }

  /** The same numbers without their history: a leaf, through which no gradient goes back. */
  detach(): Tensor<S> {
    return new Tensor(this.shape, this.#data);
  }

  #checkNumbers(action: string): void {
    if (this.#dims === null) return;
    throw new ValueError(`Cannot take ${action} of the symbol ${this.name}: it has no numbers`);
  }
}
