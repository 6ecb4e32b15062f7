/** The tensor: numbers with a shape, a name, and a memory of how they came about. */

import { allocate, type Dtype, type Entries } from "./dtype.ts";
import { GradientError, ShapeError, ValueError } from "./errors.ts";
import { placeNow } from "./host.ts";
import {
  auditor,
  EXCLUSIVE,
  FLOAT32,
  HANDED_OUT,
  type Internals,
  LITERAL,
  type Node,
  type Origin,
  Particulars,
  readers,
  regions,
  SYMBOLIC,
  WEAK,
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
  readonly #node: Node | null;
  #madeAt: number = placeNow();
  /** What it is, in bits: see `internals.ts`. */
  #traits = 0;
  #assignedAt = 0;
  /** Its place in the order in which a record was walked last. */
  #seat = -1;
  /** Its gradient: the numbers, until somebody asks for the tensor. */
  #gradient: Tensor | Entries | null = null;
  #origin: Origin | null = null;
  /** What only few tensors have; most are steps of a computation that nobody looks at. */
  #facts: Particulars | null = null;

  /** Use `tensor([[1, 2], [3, 4]])` instead. */
  constructor(shape: S, data: Entries, node: Node | null = null) {
    this.shape = shape;
    this.#data = data;
    this.#node = node;
    if (data instanceof Float32Array) this.#traits = FLOAT32;
  }

  static {
    let clock = 0;
    const factsOf = (x: Tensor): Particulars => {
      x.#facts ??= new Particulars();
      return x.#facts;
    };
    const hasTrait = (x: Tensor, trait: number): boolean => (x.#traits & trait) !== 0;
    /** A leaf with these numbers, which come from `x`. */
    const like = <L extends Shape>(x: Tensor<L>, node: Node | null): Tensor<L> => {
      const other = new Tensor(x.shape, x.#data, node);
      x.#traits &= ~EXCLUSIVE;
      other.#traits |= x.#traits & SYMBOLIC;
      return other;
    };
    internals = {
      ...regions,
      nodeOf: (x) => x.#node,
      traitsOf: (x) => x.#traits,
      isLiteral: (x) => hasTrait(x, LITERAL),
      literal: (value) => {
        const entries = allocate("float64", 1, false);
        entries[0] = value;
        const x: Tensor = new Tensor([], entries);
        x.#traits = LITERAL | WEAK;
        return x;
      },
      isWeak: (x) => hasTrait(x, WEAK),
      setWeak: (x) => {
        x.#traits |= WEAK;
      },
      entriesOf: (x) => x.#data,
      primalOf: (x) => x.#facts?.gradientOf ?? null,
      gradientOf: (x) => {
        const gradient = x.#gradient;
        if (gradient === null || gradient instanceof Tensor) return gradient;
        const own: Tensor = new Tensor(x.shape, gradient);
        own.#madeAt = x.#origin?.at ?? 0;
        internals.markGradient(x, own);
        x.#gradient = own;
        return own;
      },
      markGradient: (x, gradient) => {
        factsOf(gradient).gradientOf = x;
      },
      setGradient: (x, gradient, origin) => {
        auditor?.refuse("J.backward() leaves gradients behind; take grad(J, X), or let an optimiser do it");
        x.#origin = origin;
        gradient.#traits &= ~EXCLUSIVE;
        if (!hasTrait(gradient, SYMBOLIC)) {
          x.#gradient = gradient.#data;
          return;
        }
        const own = like(gradient, null);
        internals.markGradient(x, own);
        x.#gradient = own;
      },
      originOf: (x) => x.#origin,
      labelOf: (x) => x.#facts?.label ?? null,
      setLabel: (x, label) => {
        factsOf(x).label = label;
      },
      dimsOf: (x) => x.#facts?.dims ?? null,
      setDims: (x, dims) => {
        factsOf(x).dims = dims;
        x.#traits |= SYMBOLIC;
      },
      copyOf: (x) => like(x, x.#node),
      leafOf: (x) => like(x, null),
      sourceOf: (x) => {
        const origin = x.#facts?.source ?? null;
        if (origin === null) return null;
        const { tensor, copy, time } = origin;
        const source = tensor.deref();
        if (copy.#facts?.name == null && source !== undefined && source.name !== null) copy.as(source.name);
        return { tensor: source === undefined || source.#assignedAt > time ? null : source, copy };
      },
      isSymbolic: (x) => hasTrait(x, SYMBOLIC),
      setSymbolic: (x) => {
        x.#traits |= SYMBOLIC;
      },
      checkNumbers: (action, x) => x.#checkNumbers(action),
      checkUntouched: (x) => {
        if (hasTrait(x, HANDED_OUT)) x.#compare();
      },
      madeAt: (x) => x.#madeAt,
      assignedAt: (x) => x.#assignedAt,
      now: () => clock,
      assign: (x, value) => {
        internals.checkUntouched(value);
        auditor?.assigned(x, value);
        const isFitting = ((x.#traits ^ value.#traits) & FLOAT32) === 0 && x.size === value.size;
        if (isFitting && hasTrait(x, EXCLUSIVE)) x.#data.set(value.#data);
        else x.#data = value.#data.slice(); // a parameter lives long, and must not keep the slab of a result
        x.#traits = (x.#traits & ~HANDED_OUT) | EXCLUSIVE;
        x.#assignedAt = ++clock;
        if (x.#facts !== null) {
          x.#facts.handedOut = null;
          x.#facts.source = null;
        }
        auditor?.replaced(x, value);
      },
      share: (x) => {
        x.#traits &= ~EXCLUSIVE;
      },
      captureName: (x, name) => {
        if (x.name === null) factsOf(x).name = name;
      },
      lend: (x, entries) => {
        x.#data = entries;
        x.#traits = entries instanceof Float32Array ? FLOAT32 : 0;
      },
      withNumbers: (numbers, run) => {
        const before = Array.from(numbers.keys(), (x) => ({
          x,
          data: x.#data,
          traits: x.#traits,
          handedOut: x.#facts?.handedOut ?? null,
        }));
        const giveBack = (): void => {
          for (const { x, data, traits, handedOut } of before) {
            x.#data = data;
            x.#traits = traits;
            if (x.#facts !== null) x.#facts.handedOut = handedOut;
          }
        };
        return regions.ending(giveBack, () => {
          for (const [x, now] of numbers) {
            x.#data = now.#data;
            x.#traits &= ~(HANDED_OUT | EXCLUSIVE);
            if (x.#facts !== null) x.#facts.handedOut = null;
          }
          return run();
        });
      },
      checkUnread: (x) => {
        auditor?.refuse(
          `the numbers of ${x.name ?? "a tensor"} were read, and what follows may depend on them; read them outside`,
        );
      },
      seatOf: (x) => x.#seat,
      seat: (x, at) => {
        x.#seat = at;
      },
      factsOf,
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
    internals.checkUnread(this);
    if (readers > 0) {
      this.#traits &= ~EXCLUSIVE; // whoever asks may keep them
      return this.#data;
    }
    this.#checkNumbers("data");
    const facts = internals.factsOf(this);
    facts.handedOut ??= this.#data.slice();
    this.#traits |= HANDED_OUT;
    return facts.handedOut;
  }

  /** The number type of the entries. */
  get dtype(): Dtype {
    return (this.#traits & FLOAT32) !== 0 ? "float32" : "float64";
  }

  /**
   * The name it prints under: from its declaration, or given by `as`; a gradient is named after its tensor.
   *
   * @example
   * tensor([1, 2]).as("b").name // "b"
   */
  get name(): string | null {
    const facts = this.#facts;
    if (facts === null) return null;
    const primal = facts.gradientOf?.name;
    return facts.name ?? (primal ? `d${primal}` : null);
  }

  /**
   * Names the tensor, and returns it. Scripts are written `_` and `^`, Greek letters by their names.
   *
   * @example
   * tensor([[1, 2]]).as("Z^[O]").name // "Z^[O]"
   */
  as(name: string): this {
    if (name !== undefined) checkText("name a tensor", name, 'X.as("W")');
    internals.factsOf(this).name = name;
    return this;
  }

  /**
   * The gradient ∂J/∂X, of the shape of X, once `J.backward()` has reached this tensor.
   *
   * @throws GradientError when no `backward` has.
   */
  get grad(): Tensor<S> {
    const gradient = internals.gradientOf(this);
    if (gradient === null) {
      const name = this.name ?? "this tensor";
      throw new GradientError(
        `Cannot read the gradient of ${name}: no backward has reached it; ` +
          `call J.backward() on a J that is computed from ${name}`,
      );
    }
    return gradient as Tensor<S>; // setGradient is only called with a gradient of the shape of x
  }

  /**
   * The one number of a tensor of size 1.
   *
   * @throws ShapeError for any other size.
   */
  item(): number {
    internals.checkUnread(this);
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
    internals.checkUnread(this);
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
    if (this.name !== null) copy.as(this.name);
    internals.factsOf(leaf).source = { tensor: new WeakRef<Tensor>(this), copy, time: internals.now() };
    return leaf;
  }

  #checkNumbers(action: string): void {
    if ((this.#traits & SYMBOLIC) !== 0 && witnessing === 0) {
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

  #compare(): void {
    const facts = internals.factsOf(this);
    const copy = facts.handedOut;
    if (copy === null) return;
    const k = firstDifference(this.#data, copy);
    if (k < 0) return;
    facts.handedOut = null; // the writing is reported once; the tensor is as it was
    this.#traits &= ~HANDED_OUT;
    const name = this.name ?? "this tensor";
    throw new ValueError(
      `Cannot go on with ${name}: ${entryName(k, this.shape)} of its data was written to, and data is a copy; ` +
        `${this.#node === null ? `${this.name ?? "X"}.assign(…) replaces the entries` : "compute a new tensor instead"}`,
    );
  }
}

function firstDifference(entries: Entries, copy: Entries): number {
  for (let k = 0; k < entries.length; k++) {
    if (entries[k] !== copy[k] && !(Number.isNaN(entries[k]) && Number.isNaN(copy[k]))) return k;
  }
  return -1;
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
