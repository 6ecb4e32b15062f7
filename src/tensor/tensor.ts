/** The tensor: numbers with a shape, a name, and a memory of how they came about. */

import { type Dtype, dtypeOf, type Entries } from "./dtype.ts";
import { GradientError, ShapeError, ValueError } from "./errors.ts";
import { placeNow } from "./host.ts";
import {
  type Internals,
  type Label,
  type Node,
  type Origin,
  readers,
  regions,
  witnessing,
} from "./internals.ts";
import { checkText } from "./options.ts";
import { entryName, formatShape, type Shape, sizeOf } from "./shape.ts";
import type { Nested, NestedOf } from "./typed-shapes.ts";

export type { Node } from "./internals.ts";

/** What only the engine may touch; set by the class below, which alone can see its private fields. */
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
  /**
   * The copy that `data` hands out. Others would write to the entries themselves, and a record would be differentiated
   * at numbers it was not computed from. A typed array cannot be frozen, and a proxy of one is slow to read; so there
   * is one copy per tensor, as fast as the original, which is compared with it wherever the tensor is used next.
   */
  #handedOut: Entries | null = null;
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
  #symbolic = false;
  #source: { readonly tensor: WeakRef<Tensor>; readonly copy: Tensor; readonly time: number } | null = null;

  /** Use `tensor([[1, 2], [3, 4]])` instead. */
  constructor(shape: S, data: Entries, node: Node | null = null) {
    this.shape = shape;
    this.#data = data;
    this.#node = node;
  }

  static {
    let clock = 0;
    internals = {
      ...regions,
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
      markGradient: (x, gradient) => {
        gradient.#gradientOf = x;
      },
      setGradient: (x, gradient) => {
        // A tensor of its own: an add hands the same cotangent to both operands, and each gets a name of its own.
        x.#gradient = internals.leafOf(gradient);
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
        x.#symbolic = true;
      },
      copyOf: (x) => {
        const copy: Tensor = new Tensor(x.shape, x.#data, x.#node);
        copy.#symbolic = x.#symbolic;
        return copy;
      },
      leafOf: (x) => {
        const leaf = new Tensor(x.shape, x.#data);
        leaf.#symbolic = x.#symbolic;
        return leaf;
      },
      sourceOf: (x) => {
        if (x.#source === null) return null;
        const { tensor, copy, time } = x.#source;
        const source = tensor.deref();
        copy.#name ??= source?.name ?? null;
        return { tensor: source === undefined || source.#assignedAt > time ? null : source, copy };
      },
      isSymbolic: (x) => x.#symbolic,
      setSymbolic: (x) => {
        x.#symbolic = true;
      },
      checkNumbers: (action, x) => x.#checkNumbers(action),
      checkUntouched: (x) => {
        if (x.#handedOut !== null) x.#compare(x.#handedOut);
      },
      madeAt: (x) => x.#madeAt,
      assignedAt: (x) => x.#assignedAt,
      now: () => clock,
      assign: (x, value) => {
        internals.checkUntouched(value);
        x.#data = value.#data.slice(); // a parameter lives long, and must not keep the slab of a result
        x.#handedOut = null;
        x.#assignedAt = ++clock;
        x.#source = null;
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

  /**
   * A copy of the entries, the last axis running fastest. Writing to it changes nothing, and is noticed: `assign` is
   * the way to change a tensor.
   */
  get data(): Entries {
    if (readers > 0) return this.#data;
    this.#checkNumbers("data");
    this.#handedOut ??= this.#data.slice();
    return this.#handedOut;
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
    if (name !== undefined) checkText("name a tensor", name, 'X.as("W")');
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
    return this.#data[0];
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
      if (axis === this.rank) return this.#data[offset];
      const length = this.shape[axis];
      const inner = stride / length;
      return Array.from({ length }, (_, i) => nest(axis + 1, offset + i * inner, inner));
    };
    return nest(0, 0, sizeOf(this.shape)) as NestedOf<S>; // nested once per axis
  }

  /** The same numbers without their history: a leaf, through which no gradient goes back. */
  detach(): Tensor<S> {
    internals.checkUntouched(this);
    const leaf = internals.leafOf(this as Tensor<S>);
    const copy = internals.leafOf(this as Tensor);
    copy.#name = this.name;
    leaf.#source = { tensor: new WeakRef<Tensor>(this), copy, time: internals.now() };
    return leaf;
  }

  #checkNumbers(action: string): void {
    if (this.#symbolic && witnessing === 0) {
      const symbol = symbolsOf(this).at(0);
      const name = this.name ?? "this tensor";
      if (symbol === this)
        throw new ValueError(`Cannot take ${action} of the symbol ${name}: it has no numbers`);
      const origin = symbol === undefined ? "symbols, which have" : `the symbol ${symbol.name}, which has`;
      throw new ValueError(
        `Cannot take ${action} of ${name}: it was computed from ${origin} no numbers; compute it from ` +
          "tensor([[1, 2]]) to have some",
      );
    }
    if (action !== "data") internals.checkUntouched(this);
  }

  #compare(copy: Entries): void {
    const k = this.#data.findIndex((entry, at) => !Object.is(entry, copy[at]) && entry !== copy[at]);
    if (k < 0) return;
    this.#handedOut = null; // the writing is reported once; the tensor is as it was
    const name = this.name ?? "this tensor";
    throw new ValueError(
      `Cannot go on with ${name}: ${entryName(k, this.shape)} of its data was written to, and data is a copy; ` +
        `${this.#node === null ? `${this.name ?? "X"}.assign(…) replaces the entries` : "compute a new tensor instead"}`,
    );
  }
}

/** The symbols among what `x` was computed from. */
function symbolsOf(x: Tensor): Tensor[] {
  const found: Tensor[] = [];
  const seen = new Set<Tensor>([x]);
  for (const z of seen) {
    if (internals.dimsOf(z) !== null) found.push(z);
    for (const input of internals.nodeOf(z)?.inputs ?? []) seen.add(input);
    const primal = internals.primalOf(z);
    if (primal !== null) seen.add(primal);
  }
  return found;
}
