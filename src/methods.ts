/** Makes every op a method too: `X.exp()` is `exp(X)`, with the same types and the same documentation. */

import { assign } from "./assign.ts";
import { backward } from "./autodiff/backward.ts";
import { mimeBundle } from "./display.ts";
import { ShapeError } from "./errors.ts";
import * as ops from "./ops/index.ts";
import { formatShape, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { text } from "./text.ts";
import type { Data, Operand } from "./typed-shapes.ts";
import { nameVariables } from "./variable-names.ts";

type Ops = typeof ops;

type Methods = { [Name in keyof Ops]: Ops[Name]["method"] };

declare module "./tensor.ts" {
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
     * @throws ShapeError, DtypeError or GradientError when the value does not fit or this is no leaf.
     * @example
     * tensor([1, 2]).assign([3, 4]).toArray() // [3, 4]
     */
    assign(value: Tensor | Data): this;
  }
}

/** A member of every tensor, beside those of the class. */
function install(name: PropertyKey, member: { value?: unknown; get?: (this: Tensor) => unknown }): void {
  const isValue = "value" in member;
  Object.defineProperty(Tensor.prototype, name, {
    ...member,
    configurable: true,
    ...(isValue && { writable: true }),
  });
}

for (const [name, { method }] of Object.entries(ops)) install(name, { value: method });

install("backward", {
  value(this: Tensor, cotangent?: Operand): void {
    backward(this, cotangent);
  },
});

install("assign", {
  value(this: Tensor, value: Tensor | Data): Tensor {
    assign(this, value);
    return this;
  },
});

install("T", {
  get(): Tensor {
    if (this.rank !== 2) {
      throw new ShapeError(
        `Cannot take T of shape ${formatShape(this.shape)}: only a matrix has a transpose; ` +
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
      return form(this);
    },
  });
}
