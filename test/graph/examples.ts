/** The computations that tests of graphs have in common. */
import { add, exp, matmul, mul, sigmoid, sum, type Tensor, tensor } from "../../src/index.ts";

/** J = Σ σ(X W), with every tensor on the way; the first entry of W may be another. */
export function sketchTensors(w11 = 1): Readonly<Record<"X" | "W" | "Z" | "Y" | "J", Tensor>> {
  const X = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]).as("X");
  const W = tensor([
    [w11, 0],
    [0.5, -1],
    [0, 2],
  ]).as("W");
  const Z = matmul(X, W).as("Z");
  const Y = sigmoid(Z).as("Y");
  return { X, W, Z, Y, J: sum(Y).as("J") };
}

/** A vector x that reaches J on five paths. */
export function branchingResult(): Tensor {
  const x = tensor([1, 2]).as("x");
  const y = mul(x, x).as("y");
  return sum(mul(add(y, exp(x)).as("z"), y)).as("J");
}
