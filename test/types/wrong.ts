/** Lines that must not compile, each with the sentence the compiler's message holds. */
import { add, conv2d, exp, Linear, matmul, maxPool2d, mul, relu, sum, tensor, zeros } from "gradbook";

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]);
const v = tensor([1, 2]);
const W = zeros(4, 2);

// Cannot matmul shapes [2, 3] and [2, 3]: the inner lengths 3 and 2 differ; the transpose of the second, .T, would fit
export const a = X.matmul(X);
// Cannot matmul shapes [2, 3] and [2, 3]: the inner lengths 3 and 2 differ; the transpose of the second, .T, would fit
export const b = matmul(X, X);
// Cannot matmul shapes [2, 3] and [4, 2]: the inner lengths 3 and 4 differ
export const c = X.matmul(W);
// Cannot matmul shapes [2, 3] and [2]: the inner lengths 3 and 2 differ
export const d = X.matmul(v);
// Cannot add shapes [2, 3] and [2]: axis 1 has lengths 3 and 2
export const e = X.add(v);
// Cannot add shapes [2] and [2, 3]: axis 1 has lengths 2 and 3
export const f = add(v, X);
// Cannot mul shapes [2, 3] and [4, 2]: axis 0 has lengths 2 and 4
export const g = mul(X, W);
// Argument of type 'string' is not assignable to parameter of type 'Operand'
export const h = exp("1");
// Type '2' is not assignable to type '0 | 1 | undefined'
export const i = relu(X, { at0: 2 });
// 'axes' does not exist in type 'ReduceOptions'
export const j = sum(X, { axes: 0 });
// Property 'mulm' does not exist on type 'Tensor<[2, 3]>'
export const k = X.mulm(W);
// Type 'string' is not assignable to type 'Data'
export const l = tensor([["1"]]);
// Type 'Tensor<[2, 3]>' is not assignable to type 'number'
export const m: number = X;
// Cannot matmul shapes [2, 3] and [4, 2]: the inner lengths 3 and 4 differ
export const n = Linear(4, 2)(X);
// Cannot take windows of shape [2, 3]: along axis 0 the window has 3, and there are 2; a smaller one fits
export const o = X.windows(3);
// Cannot pool shape [4, 2]: along axis 1 the window has 3, and there are 2; a smaller one fits
export const p = maxPool2d(W, [4, 3]);
// Cannot conv2d shapes [2, 3] and [4, 2]: along axis 0 the window has 4, and there are 2; a smaller one fits
export const q = conv2d(X, W);
// 'strides' does not exist in type 'WindowOptions'
export const r = conv2d(W, W, { strides: 2 });
