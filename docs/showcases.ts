/** The call by which the reference shows what an op computes: by default the op's first sample. */

import * as ops from "../src/ops/index.ts";
import type { Described } from "../src/tensor/op.ts";
import { type Shape, sizeOf } from "../src/tensor/shape.ts";
import { Tensor } from "../src/tensor/tensor.ts";

/** A call of an op that reads well. */
export interface Showcase {
  readonly call: (...x: Tensor[]) => Tensor;
  /** What a textbook writes, where the op computes it in a stabler way. */
  readonly definition?: (...x: Tensor[]) => Tensor;
  readonly arguments: readonly Tensor[];
  /** The name of the result. */
  readonly result: string;
}

/** What is said of a showcase where the first sample would read badly. */
interface Choice {
  readonly call?: (...x: Tensor[]) => Tensor;
  readonly shapes?: readonly Shape[];
  /** The names of the arguments and of the result, with an arrow between: `A B → Y`. */
  readonly names?: string;
}

const matrix: Shape = [2, 3];
const square: Shape = [3, 3];
const vector: Shape = [3];

const choices: Readonly<Record<string, Choice>> = {
  binaryCrossEntropy: { shapes: [matrix, matrix], names: "Z T → J" },
  cast: { call: (x) => ops.cast(x, "float32") },
  concat: { names: "A B → Y" },
  crossEntropy: { names: "Z T → J" },
  det: { call: (x) => ops.det(x), shapes: [square] },
  inv: { call: (x) => ops.inv(x), shapes: [square] },
  kron: { names: "A B → Y" },
  logsumexp: { shapes: [vector] },
  max: { shapes: [vector] },
  min: { shapes: [vector] },
  mse: { names: "Y T → J" },
  norm: { shapes: [vector] },
  pow: { call: (x, y) => ops.pow(x, y), shapes: [matrix, matrix] },
  prod: { shapes: [vector] },
  solve: { call: (a, b) => ops.solve(a, b), shapes: [square, [3, 2]], names: "A B → Y" },
  stack: { names: "A B → Y" },
  variance: { shapes: [vector] },
  where: { call: (c, x, y) => ops.where(c, x, y), shapes: [matrix, matrix, matrix], names: "C X Y → Z" },
};

/** The names of one, two and three arguments and their result, where none are chosen. */
const NAMES = ["", "X → Y", "X Y → Z"];

/** The showcase of an op. */
export function showcaseOf(name: string, { samples: [sample] }: Described): Showcase {
  const choice = choices[name] ?? {};
  const shapes = choice.shapes ?? sample.shapes;
  const call = choice.call ?? sample.call;
  const [before, result] = (choice.names ?? NAMES[shapes.length]).split(" → ");
  const args = before.split(" ").map((letter, i) => {
    const [low, high] = sample.domain[i] ?? [-2, 2];
    return filled(shapes[i], low, high, i).as(named(letter, shapes[i]));
  });
  return {
    call,
    arguments: args,
    result: named(result, call(...args).shape),
    ...(sample.definition && { definition: sample.definition }),
  };
}

/** A matrix has a capital letter, a vector a small one; a scalar too, but for the loss J. */
function named(letter: string, shape: Shape): string {
  return shape.length > 1 || letter === "J" ? letter : letter.toLowerCase();
}

/** A tensor whose entries lie scattered over an interval, by multiples of the golden ratio. */
function filled(shape: Shape, low: number, high: number, start: number): Tensor {
  const golden = (Math.sqrt(5) - 1) / 2;
  const entry = (k: number): number => low + (high - low) * (((k + 1 + start / 2) * golden) % 1);
  return new Tensor(
    [...shape],
    Float64Array.from({ length: sizeOf(shape) }, (_, k) => entry(k)),
  );
}
