/** Makes every op a method too: `X.exp()` is `exp(X)`, with the same types and the same documentation. */

import { backward } from "./autodiff/backward.ts";
import { assign } from "./autodiff/tape.ts";
import * as ops from "./ops/index.ts";
import { mimeBundle } from "./print/display.ts";
import { isSymbolic } from "./print/expression.ts";
import { text } from "./print/text.ts";
import type { Dtype } from "./tensor/dtype.ts";
import { ShapeError, ValueError } from "./tensor/errors.ts";
import { type JsonNumber, toJsonNumber } from "./tensor/numbers.ts";
import { nameVariables } from "./tensor/operands.ts";
import { formatShape, type Shape } from "./tensor/shape.ts";
import { lettered, letterOf } from "./tensor/symbol.ts";
import { internals, Tensor } from "./tensor/tensor.ts";
import type { Data, Nested, Operand } from "./tensor/typed-shapes.ts";

type Ops = typeof ops;

type Methods = { [Name in keyof Ops]: Ops[Name]["method"] };

declare module "./tensor/tensor.ts" {
  interface Tensor<out S extends Shape = Shape> extends Methods {
    /**
     * The transpose Xᵀ of a matrix: y_ji = x_ij.
     *
     * @throws ShapeError when the rank is not 2; `transpose` and `reshape` work for any.
     */
    readonly T: Tensor<[S[1], S[0]]>;

    /**
     * Computes ∂J/∂X for every X that this tensor J depends on, leaf or not, and makes it `X.grad`; the next call
     * replaces it. When J is not a single number, give the upstream gradient, as in `Y.backward(dY)`.
     *
     * @throws GradientError when a cotangent is needed and none is given.
     */
    backward(cotangent?: Operand): void;

    /**
     * Replaces the entries of a parameter, the lecture's `:=`, and returns it. Nothing is recorded; what was computed
     * from the old entries keeps its numbers.
     *
     * @throws ShapeError, DtypeError or GradientError when the value does not fit or this is not a leaf.
     * @example
     * tensor([1, 2]).assign([3, 4]).toArray() // [3, 4]
     */
    assign(value: Tensor | Data): this;

    /**
     * What `JSON.stringify` writes: shape, number type, and the entries in nested arrays, where NaN and the infinities
     * are strings, as JSON has none. A symbol, or what was computed from one, has its formula instead.
     *
     * @example
     * JSON.stringify(tensor([[1, 2]])) // '{"shape":[1,2],"dtype":"float64","data":[[1,2]]}'
     */
    toJSON(): TensorData;
  }
}

/** A tensor in JSON. */
type TensorData =
  | { readonly shape: readonly number[]; readonly dtype: Dtype; readonly data: NestedJson }
  | { readonly shape: readonly (number | string)[]; readonly formula: string };

/** Numbers of JSON in arrays nested to any depth. */
type NestedJson = JsonNumber | NestedJson[];

/** A member of every tensor, in addition to those of the class. */
function install(name: PropertyKey, member: { value?: unknown; get?: (this: Tensor) => unknown }): void {
  const isValue = "value" in member;
  Object.defineProperty(Tensor.prototype, name, {
    ...member,
    configurable: true,
    ...(isValue && { writable: true }),
  });
}

for (const [name, op] of Object.entries(ops)) {
  Object.defineProperty(op, "name", { value: name }); // which is what a print of it shows
  install(name, { value: op.method });
}

install("backward", {
  value(this: Tensor, cotangent?: Operand): void {
    internals.checkUntouched(this);
    backward(this, cotangent);
  },
});

install("assign", {
  value(this: Tensor, value: Tensor | Data): Tensor {
    assign(this, value);
    return this;
  },
});

install("toJSON", {
  value(this: Tensor): TensorData {
    const { shape, dtype } = this;
    if (isSymbolic(this))
      return { shape: shape.map((n) => (letterOf(n) === `${n}` ? n : letterOf(n))), formula: text(this) };
    return { shape: [...shape], dtype, data: written(this.toArray()) };
  },
});

function written(nested: Nested): NestedJson {
  return typeof nested === "number" ? toJsonNumber(nested) : nested.map(written);
}

// JavaScript has no operators for tensors: −X would be NaN, and X + Y text.
install(Symbol.toPrimitive, {
  value(this: Tensor, hint: string): string {
    if (hint !== "number") return this.toString();
    throw new ValueError(
      `Cannot use ${this.name ?? "a tensor"} of shape ${shapeText(this)} as a number: operators such as − and < are ` +
        "for numbers alone; write neg(X) or X.neg() for −X, mul(X, Y), X.lt(1), and J.item() for the number in J",
    );
  },
});

function shapeText(x: Tensor): string {
  return internals.isSymbolic(x) ? lettered(formatShape(x.shape)) : formatShape(x.shape);
}

install("T", {
  get(): Tensor {
    if (this.rank !== 2) {
      throw new ShapeError(
        `Cannot take T of shape ${shapeText(this)}: only a matrix has a transpose; ` +
          "transpose(x, axes) reorders the axes of any tensor, reshape(n, 1) makes a column",
        [this.shape],
      );
    }
    return ops.transpose(this);
  },
});

/** How a tensor is shown: by a notebook, by console.log, and inside a string. */
const forms: [name: PropertyKey, form: (x: Tensor) => unknown][] = [
  [Symbol.for("Jupyter.display"), mimeBundle],
  [Symbol.for("nodejs.util.inspect.custom"), text],
  ["toString", text],
];
for (const [name, form] of forms) {
  install(name, {
    value(this: Tensor): unknown {
      if (this.name === null) nameVariables();
      internals.checkUntouched(this);
      return internals.inEngine(() => form(this));
    },
  });
}
