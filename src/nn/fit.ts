/** The training loop, and how it shows its progress. */

import { compile } from "../autodiff/compile.ts";
import { argmax, take } from "../ops/index.ts";
import { contentsOf } from "../plot/contents.ts";
import { svgOf, textOf } from "../plot/draw.ts";
import { type Plot, picture } from "../plot/plot.ts";
import { shownAs } from "../print/display.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { display } from "../tensor/display.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { isConnected } from "../tensor/host.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { checkTensor } from "../tensor/operands.ts";
import { checkedOptions, checkFunction, FLAG, FUNCTION, kindOf, NUMBER } from "../tensor/options.ts";
import { rand } from "../tensor/random.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkedCount } from "./data.ts";
import type { Optimiser } from "./optimisers.ts";

/** Options of `fit`. */
export interface FitOptions {
  /** How often every sample is seen (default 100). */
  readonly epochs?: number;
  /** How many samples one step sees (default 32). */
  readonly batchSize?: number;
  /**
   * Replays the steps instead of recording each (default false): see `compile`, which says what a loss may do then. The
   * losses are the same, to the last bit.
   */
  readonly compile?: boolean;
  /**
   * What is shown below the curve, anew as it trains: `show: () => plot({ x, y, heat: boundary, points: X, labels })`. In
   * a notebook it is called at most twice a second, and at the end.
   */
  readonly show?: (history: History) => unknown;
}

/**
 * Trains: for every mini-batch it computes the loss and lets the optimiser make a step. `loss` is a function of the
 * rows of `data`, one tensor for each. The rows are shuffled anew in every epoch, from the stream of `seed`, so a
 * seeded training gives the same digits every time.
 *
 * In a notebook it shows its progress and the loss curve, updated in place. It returns the losses, one per epoch:
 * the mean over the samples, each at the time its batch was seen.
 *
 * @throws ShapeError when the data differ in their numbers of rows; ValueError when the loss is no longer a number.
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
  const {
    epochs = 100,
    batchSize = 32,
    compile: isReplayed = false,
    show,
  } = checkedOptions(options, {
    of: "fit",
    example: "fit(J, [X, labels], adam(model.parameters), { epochs: 20 })",
    known: { epochs: NUMBER, batchSize: NUMBER, compile: FLAG, show: FUNCTION },
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
  latest = losses;
  const step = (...batch: Batch<Data>): Tensor => {
    const J = loss(...batch);
    optimiser.step(J);
    return J;
  };
  // One for each length of a batch: the last may be smaller.
  const replayed = new Map<number, typeof step>();
  const stepFor = (batch: Batch<Data>): typeof step => {
    if (!isReplayed) return step;
    const rows = batch[0].shape[0];
    const known = replayed.get(rows) ?? (compile(step as (...batch: Tensor[]) => Tensor) as typeof step);
    replayed.set(rows, known);
    return known;
  };
  const progress = openProgress(epochCount, show && (() => show(historyOf(losses))));
  for (let epoch = 0; epoch < epochCount; epoch++) {
    let total = 0;
    let seen = 0;
    for (const batch of batches(data, size)) {
      const J = stepFor(batch)(...batch);
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

// Mini-batches: the rows of data, shuffled and dealt out.

/** The type of the rows of one tensor: as many as a batch has. */
type Rows<X> = X extends Tensor<[number, ...infer Row extends number[]]> ? Tensor<[number, ...Row]> : Tensor;

/** The types of a batch of several tensors. */
export type Batch<Data extends readonly Tensor[]> = { -readonly [K in keyof Data]: Rows<Data[K]> };

/** Deals out the rows of all tensors in one random order, from the stream of `seed`; the last batch may be smaller. */
export function* batches<const Data extends readonly Tensor[]>(
  data: Data,
  size: number,
): Generator<Batch<Data>> {
  const order = shuffled(data[0].shape[0]);
  for (let start = 0; start < order.length; start += size) {
    const rows = order.slice(start, start + size);
    yield withoutRecording(() => data.map((x) => take(x, rows))) as unknown as Batch<Data>; // a tensor for each
  }
}

/** The numbers 0, …, n − 1 in a random order (Fisher and Yates): each place takes one of the remaining numbers. */
function shuffled(n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  const draws = rand(n).data;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(draws[i] * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// How good a classifier is.

/**
 * The share of the rows of `scores` whose largest entry stands in the column of their label. Labels are classes, or a 1
 * in the column of the class, as in `oneHot`.
 *
 * @throws ShapeError when there is not one label per row.
 * @example
 * accuracy(tensor([[2, 1], [0, 3], [5, 4]]), tensor([0, 1, 1])) // 2 / 3
 */
export function accuracy(scores: Tensor, labels: Tensor): number {
  checkTensor("take the accuracy of", scores, "accuracy(model(X), labels)");
  checkTensor("compare with labels that are", labels, "accuracy(model(X), labels)");
  const rows = rowsOf([scores, labels]);
  if (scores.rank !== 2 || labels.rank > 2) {
    throw new ShapeError(
      `Cannot take the accuracy of shape ${formatShape(scores.shape)} with labels ${formatShape(labels.shape)}: ` +
        "give a row of scores and a label for each sample",
      [scores.shape, labels.shape],
    );
  }
  const classes = labels.rank === 2 ? argmax(labels, { axis: 1 }) : labels;
  const found = argmax(scores, { axis: 1 });
  return found.data.filter((one, k) => one === classes.data[k]).length / rows;
}

// What remains of a training run.

/** The losses of a training run; `plot({ curve: history.losses })` draws them again. */
export interface History {
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
}

/** The losses of the last call of `fit`: an interrupt stops it in the middle. */
let latest: readonly number[] = [];

/**
 * What the last call of `fit` has come to, also when it was interrupted or its loss was no longer a number. The model
 * and the optimiser are as the last step left them, so another `fit` goes on from there.
 *
 * @throws ValueError before the first epoch of the first training.
 * @example
 * const w = tensor([1]);
 * fit((x) => mse(x.mul(w), ones(4, 1)), [ones(4, 1)], sgd([w], { learningRate: 0.1 }), { epochs: 3 });
 * lastHistory().losses.length // 3
 */
export function lastHistory(): History {
  if (latest.length === 0)
    throw new ValueError("Cannot look back: no epoch of a training is over; call fit first");
  return historyOf([...latest]);
}

/** A history that is shown as one line, `100 epochs, loss 0.6931 → 0.0123`: the curve stands above it already. */
export function historyOf(losses: readonly number[]): History {
  const [first, last] = [losses[0], losses[losses.length - 1]];
  const line = `${losses.length} epochs, loss ${plainNumber(first)} → ${plainNumber(last)}`;
  return { losses, ...shownAs(() => line) };
}

// Shows in the notebook, in place, how far training has come.

/** The display of one training run. */
export interface Progress {
  /** Shows the losses so far, unless something was shown less than a tenth of a second ago. */
  show(losses: readonly number[], epochsDone: number): void;
  /** Shows them in any case. */
  finish(losses: readonly number[]): void;
}

const INTERVAL_MS = 100;
const BAR_LENGTH = 24;

/** How often something else is shown anew, which may take long to make. */
const BESIDE_MS = 500;

/** Opens a display below the cell, and one for what `beside` gives; if there is no notebook, a silent one. */
export function openProgress(epochs: number, beside?: () => unknown): Progress {
  if (!isConnected()) return { show() {}, finish() {} };
  const id = nextId();
  let shownAt = Date.now();
  let besideAt = 0;
  const put = (losses: readonly number[], epochsDone: number): void => {
    display(pictureOf(losses, epochsDone, epochs), { id });
    const isDue = losses.length === epochs || Date.now() - besideAt >= BESIDE_MS;
    if (beside !== undefined && losses.length > 0 && isDue) {
      display(beside(), { id: `${id} beside` });
      besideAt = Date.now();
    }
    shownAt = Date.now();
  };
  put([], 0);
  return {
    show(losses, epochsDone) {
      if (Date.now() - shownAt >= INTERVAL_MS) put(losses, epochsDone);
    },
    finish(losses) {
      put(losses, epochs);
    },
  };
}

/** How long the axis is: it grows with the curve, a quarter ahead of it, to the length of the whole training. */
function axisEnd(done: number, epochs: number): number {
  let end = 10;
  while (end < 1.25 * done) end *= 2;
  return Math.min(end, epochs);
}

/** A line of text with a bar, and the loss curve, which has its room from the beginning. */
function pictureOf(losses: readonly number[], epochsDone: number, epochs: number): Plot {
  const epoch = Math.min(epochs, Math.floor(epochsDone) + 1);
  const loss = losses.length === 0 ? "" : `, loss ${plainNumber(losses[losses.length - 1])}`;
  const title = epochsDone === epochs ? `${epochs} epochs${loss}` : `epoch ${epoch} of ${epochs}${loss}`;
  const full = Math.round((BAR_LENGTH * epochsDone) / epochs);
  const bar = "█".repeat(full) + "░".repeat(BAR_LENGTH - full);
  const curve = contentsOf({
    curve: losses,
    x: [0, axisEnd(epochsDone, epochs)],
    title,
    xLabel: "epoch",
    yLabel: "loss",
  });
  const scene = { ...curve, done: epochsDone };
  return picture(svgOf(scene), `${bar}  ${textOf(scene)}`);
}

let count = 0;

/** An id that no other display has, not even one that an earlier session left in the same notebook. */
function nextId(): string {
  count += 1;
  return `fit ${Date.now().toString(36)} ${count}`;
}
