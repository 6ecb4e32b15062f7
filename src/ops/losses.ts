/** Losses: one number, which training makes small. */

import { carry, pass } from "../rules/mask.ts";
import { toTensor } from "../tensor/apply.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { within } from "../tensor/host.ts";
import { oneHot } from "../tensor/make.ts";
import { type Described, publish } from "../tensor/op.ts";
import { kindOf } from "../tensor/options.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import { softplus } from "./activations.ts";
import { add, neg, square, sub } from "./arithmetic.ts";
import { mean, sum } from "./reductions.ts";
import { logSoftmax } from "./softmax.ts";

// Losses are formulas of other ops, so they need no rules of their own.

/** A loss: one number for predictions and what they should have been. */
export interface Loss extends Described {
  (predicted: Tensor, target: Operand): Tensor<[]>;
  readonly method: (this: Tensor, target: Operand) => Tensor<[]>;
}

/** A loss over classes: the target may be a list of class indices. */
export interface ClassLoss extends Described {
  (logits: Tensor, target: Tensor | readonly number[]): Tensor<[]>;
  readonly method: (this: Tensor, target: Tensor | readonly number[]) => Tensor<[]>;
}

/** The target, of the shape of the predictions or one number: broadcasting would compare each with every other. */
function targetOf(loss: string, predicted: Tensor, target: Operand): Tensor {
  const t = toTensor(loss, target);
  if (t.rank === 0 || sameShape(t.shape, predicted.shape)) return t;
  const [shape, other] = [formatShape(predicted.shape), formatShape(t.shape)];
  throw new ShapeError(
    `Cannot take the ${loss} of predictions of shape ${shape} and a target of shape ${other}: the shapes differ; ` +
      "give both one shape with reshape",
    [predicted.shape, t.shape],
  );
}

function meanSquare(predicted: Tensor, target: Operand): Tensor {
  const y = toTensor("mse", predicted);
  const t = targetOf("mse", y, target);
  return within("mean squared error", () => mean(square(sub(y, t))), true);
}

function binary(logits: Tensor, target: Operand): Tensor {
  const z = toTensor("binaryCrossEntropy", logits);
  const t = targetOf("binaryCrossEntropy", z, target);
  // Two terms that are never negative, so that nothing cancels near certainty; one whose share is 0 adds nothing.
  const terms = (): Tensor => add(carry(t, softplus(neg(z))), carry(sub(1, t), softplus(z)));
  return within("binary cross entropy", () => mean(terms()), true);
}

function overClasses(logits: Tensor, target: Tensor | readonly number[]): Tensor {
  return within("cross entropy", () => ofClasses(logits, target), true);
}

function ofClasses(logits: Tensor, target: Tensor | readonly number[]): Tensor {
  const z = toTensor("crossEntropy", logits);
  if (!(target instanceof Tensor || Array.isArray(target))) {
    throw new ValueError(
      `Cannot take the crossEntropy with ${kindOf(target)} as its target: give a class index per row, as in ` +
        "crossEntropy(Z, [2, 0]), or probabilities",
    );
  }
  const rank = target instanceof Tensor ? target.rank : 1;
  const logProbabilities = logSoftmax(z);
  if (target instanceof Tensor && sameShape(target.shape, z.shape)) {
    return rowMean(carry(target, logProbabilities));
  }
  const shape = target instanceof Tensor ? target.shape : [target.length];
  if (rank !== z.rank - 1 || !sameShape(shape, z.shape.slice(0, -1))) {
    throw new ShapeError(
      `Cannot take the crossEntropy of logits of shape ${formatShape(z.shape)} and a target of shape ` +
        `${formatShape(shape)}: give probabilities of shape ${formatShape(z.shape)} or one class index per row, ` +
        `of shape ${formatShape(z.shape.slice(0, -1))}`,
      [z.shape, shape],
    );
  }
  const classes = oneHot(target, z.shape[z.rank - 1]);
  // A class that is not the target's contributes nothing, even where its log-probability is −∞.
  return rowMean(pass(logProbabilities, classes.cast(z.dtype)));
}

/** −(1/N) Σ over the N rows of the sum along each. */
function rowMean(terms: Tensor): Tensor {
  return neg(mean(sum(terms, { axis: -1 })));
}

/**
 * The mean squared error over all entries: J = (1/αβ) Σ_i Σ_j (y_ij − t_ij)².
 *
 * dY = (2/αβ)(Y − T).
 *
 * @example
 * mse(tensor([1, 2]), tensor([1, 4])).item() // 2
 */
export const mse: Loss = publish(
  meanSquare,
  [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: meanSquare,
      domain: [
        [-2, 2],
        [-2, 2],
      ],
    },
  ],
  { formula: { arity: 2, acts: "as a whole" }, chapter: "Neural networks" },
);

/**
 * The cross-entropy of probabilities in [0, 1] and σ of the logits, the mean over all entries:
 * J = mean of t ln(1 + e^(−z)) + (1 − t) ln(1 + e^z). It takes logits, so that nothing overflows; where it is certain
 * and right it ends in 0, where it is certain and wrong in ∞.
 *
 * dZ = (σ(Z) − T)/αβ, which is (1 − T) ⊙ σ(Z) − T ⊙ σ(−Z).
 *
 * @example
 * binaryCrossEntropy(tensor([0, 800]), tensor([1, 1])).item() // 0.34657359027997264
 */
export const binaryCrossEntropy: Loss = publish(
  binary,
  [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: binary,
      domain: [
        [-2, 2],
        [0.1, 0.9],
      ],
    },
  ],
  { formula: { arity: 2, acts: "as a whole" }, chapter: "Neural networks" },
);

/**
 * The cross-entropy of a target and the softmax of each row of logits, the mean over the N rows:
 * J = −(1/N) Σ_n Σ_k t_nk log softmax(z_n)_k. The target is a tensor of probabilities of the logits' shape, or one
 * class index per row.
 *
 * dZ = (softmax(Z) − T)/N.
 *
 * @throws ShapeError when the target has neither shape.
 * @example
 * crossEntropy(tensor([[0, 0], [1000, 0]]), [1, 0]).item() // 0.34657359027997264
 */
export const crossEntropy: ClassLoss = publish(
  overClasses,
  [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      call: overClasses,
      domain: [
        [-2, 2],
        [0.1, 0.9],
      ],
    },
    { shapes: [[2, 3]], call: (z) => overClasses(z, [2, 0]), domain: [[-2, 2]] },
    { shapes: [[3]], call: (z) => overClasses(z, new Tensor([], Float64Array.of(1))), domain: [[-2, 2]] },
  ],
  { formula: { arity: 2, acts: "as a whole" }, chapter: "Neural networks" },
);
