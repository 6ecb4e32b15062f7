/** The training loop. */

import { ShapeError, ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { checkedOptions, checkFunction, NUMBER } from "../options.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";
import { type Batch, batches } from "./batches.ts";
import { type History, historyOf } from "./history.ts";
import type { Optimiser } from "./optimiser.ts";
import { openProgress } from "./progress.ts";
import { checkedCount } from "./samples.ts";

/** Options of `fit`. */
export interface FitOptions {
  /** How often every sample is seen (default 100). */
  readonly epochs?: number;
  /** How many samples one step sees (default 32). */
  readonly batchSize?: number;
}

/**
 * Trains: for every mini-batch it computes the loss and lets the optimiser make a step. `loss` is a function of the
 * rows of `data`, one tensor for each. The rows are shuffled anew in every epoch, from the stream of `seed`, so a
 * seeded training gives the same digits every time.
 *
 * In a notebook it shows its progress and the loss curve, which change in place. It answers the losses, one per epoch:
 * the mean over the samples, each as it was when its batch was seen.
 *
 * @throws ShapeError when the data differ in their numbers of rows; ValueError when the loss is no number any more.
 * @example
 * const { X, labels } = twoMoons(100);
 * const model = MLP([2, 8, 2]);
 * const J = (X, labels) => crossEntropy(model(X), labels);
 * fit(J, [X, labels], adam(model.parameters, { learningRate: 0.05 }), { epochs: 20 }).losses.length // 20
 */
export function fit<const Data extends readonly [Tensor, ...Tensor[]]>(
  loss: (...batch: Batch<Data>) => Tensor,
  data: Data,
  optimiser: Optimiser,
  options?: FitOptions,
): History {
  const { epochs = 100, batchSize = 32 } = checkedOptions(options, {
    of: "fit",
    example: "fit(J, [X, labels], adam(model.parameters), { epochs: 20 })",
    known: { epochs: NUMBER, batchSize: NUMBER },
  });
  const example = "fit((X, labels) => crossEntropy(model(X), labels), [X, labels], adam(model.parameters))";
  checkFunction("train with", loss, example);
  if (!Array.isArray(data)) {
    throw new ValueError(`Cannot train on ${kindOf(data)}: give a list of tensors, as in ${example}`);
  }
  for (const x of data) checkTensor("train on", x, example);
  if (typeof optimiser?.step !== "function") {
    throw new ValueError(`Cannot train with ${kindOf(optimiser)}: give an optimiser, as in ${example}`);
  }
  const epochCount = checkedCount("a training", "epochs", epochs);
  const size = checkedCount("a training", "samples per batch", batchSize);
  const sampleCount = rowsOf(data);
  const losses: number[] = [];
  const progress = openProgress(epochCount);
  for (let epoch = 0; epoch < epochCount; epoch++) {
    let total = 0;
    let seen = 0;
    for (const batch of batches(data, size)) {
      const J = loss(...batch);
      optimiser.step(J);
      const rows = batch[0].shape[0];
      total += J.item() * rows;
      seen += rows;
      if (!Number.isFinite(total)) throw notFinite(J.item(), epoch, epochCount);
      progress.show(losses, epoch + seen / sampleCount);
    }
    losses.push(total / sampleCount);
  }
  progress.finish(losses);
  return historyOf(losses);
}

/** The number of rows that all of the data have. */
function rowsOf(data: readonly Tensor[]): number {
  const shapes = data.map(({ shape }) => shape);
  const [rows] = shapes[0] ?? [];
  if (rows > 0 && shapes.every(([length]) => length === rows)) return rows;
  throw new ShapeError(
    `Cannot train on data of shapes ${shapes.map(formatShape).join(" and ")}: each has a row per sample, so ` +
      "they have as many rows as each other, and at least one",
    shapes,
  );
}

function notFinite(loss: number, epoch: number, epochs: number): ValueError {
  return new ValueError(
    `Cannot go on training: the loss is ${loss} in epoch ${epoch + 1} of ${epochs}; ` +
      "a smaller learningRate often helps",
  );
}
