/** Lines a student may write: the types must accept each, and must know the shape that comes out. */
import {
  add,
  all,
  conv2d,
  cumprod,
  det,
  div,
  einsum,
  exp,
  eye,
  flatten,
  full,
  grad,
  jacobian,
  jvp,
  Linear,
  log,
  MLP,
  matmul,
  maxPool2d,
  mean,
  mul,
  neg,
  ones,
  overlapAdd,
  permutation,
  randint,
  relu,
  reshape,
  sigmoid,
  softmax,
  solve,
  squeeze,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  triu,
  windows,
  zeros,
} from "gradbook";

/** Compiles when the type of `x` says exactly `shape`; the test runs it and compares with `x.shape`. */
type Check = <S extends number[]>(x: Tensor<S>, ...shape: S) => void;

/** Compiles when `x` has any shape; the test compares with `x.shape`. */
type CheckAny = (x: Tensor, ...shape: number[]) => void;

export function lines(is: Check, isAny: CheckAny): void {
  const X = tensor([
    [1, -2, 0],
    [3, 0.5, -1],
  ]);
  const W = zeros(3, 4);
  const b = tensor([1, 2, 3]);
  const J = tensor(2);
  const n = X.size;

  is(X, 2, 3);
  is(J);
  is(b, 3);
  is(tensor([[[1, 2]], [[3, 4]]]), 2, 1, 2);
  is(ones(2, 2), 2, 2);
  is(ones([2, 2]), 2, 2);
  is(full([2, 3], 7), 2, 3);
  const layer = Linear(3, 4);
  is(layer(X), 2, 4);
  is(MLP([3, 5, 2])(X), 2, 2);
  is(zeros(X.shape), 2, 3);
  is(exp(X), 2, 3);
  is(X.exp(), 2, 3);
  is(neg(b), 3);
  is(log(J));
  is(sigmoid(X).tanh(), 2, 3);
  is(tanh(2));
  is(relu(X, { at0: 1 }), 2, 3);
  is(X.relu(), 2, 3);
  is(add(X, X), 2, 3);
  is(X.add(b), 2, 3);
  is(b.add(X), 2, 3);
  is(add(1, X), 2, 3);
  is(sub(X, 1), 2, 3);
  is(mul(X, J), 2, 3);
  is(mul(2, 3));
  is(div(X, tensor([[1], [2]])), 2, 3);
  is(tensor([[1], [2]]).mul(b), 2, 3);
  is(matmul(X, W), 2, 4);
  is(X.matmul(W), 2, 4);
  is(X.matmul(b), 2);
  is(matmul(b, W), 4);
  is(b.matmul(b));
  is(X.T, 3, 2);
  is(transpose(X), 3, 2);
  is(X.matmul(X.T).matmul(X), 2, 3);
  is(sum(X));
  is(X.sum({ axis: 0 }), 3);
  is(X.sum({ axis: 1 }), 2);
  is(sum(X, { axis: -1, keepdims: true }), 2, 1);
  is(mean(X, { axis: -2, keepdims: true }), 1, 3);
  is(mean(X, { keepdims: true }), 1, 1);
  is(b.mean({ axis: 0 }));
  is(reshape(X, 3, 2), 3, 2);
  is(X.reshape(6), 6);
  is(reshape(X, [3, 2]), 3, 2);
  is(X.reshape([6, 1]), 6, 1);
  isAny(X.reshape([-1, 2]), 3, 2);
  isAny(X.reshape([...b.shape, 2]), 3, 2);
  is(softmax(X, { axis: 0 }), 2, 3);
  is(X.std({ axis: 0, correction: 1 }), 3);
  is(X.argmin({ axis: 1 }), 2);
  is(X.any());
  is(all(X, { keepdims: true }), 1, 1);
  is(squeeze(zeros(1, 3, 1)), 3);
  is(X.squeeze(), 2, 3);
  isAny(squeeze(zeros(1, 3), 0), 3);
  is(flatten(X), 6);
  is(X.flip({ axis: 0 }), 2, 3);
  is(X.tril(), 2, 3);
  is(triu(X, 1), 2, 3);
  is(X.cumsum({ axis: 1 }), 2, 3);
  is(cumprod(b), 3);
  is(X.at(1), 3);
  is(X.at(1, -1));
  is(X.scatter([[0, 1, 0]], 1), 2, 3);
  isAny(X.gather([[0, 1, 0]]), 1, 3);
  isAny(X.repeat(2), 4, 3);
  isAny(einsum("ij->j", X), 3);
  for (const part of X.split(3, { axis: 1 })) isAny(part, 2, 1);
  const image = zeros(8, 3, 28, 28);
  is(windows(X, 2), 1, 2, 2, 2);
  is(zeros(5, 6, 7).windows([3, 2], { stride: [2, 1], padding: 1 }), 5, 3, 8, 3, 2);
  is(overlapAdd(windows(X, 2), [2, 3]), 2, 3);
  is(conv2d(W, tensor([[1], [2]])), 2, 4);
  const [kernels, larger] = [zeros(16, 3, 3, 3), zeros(16, 3, 5, 5)];
  const [one, page] = [zeros(3, 28, 28), zeros(2, 15, 12)];
  const seen: Tensor<[8, 16, 24, 24]> = image.conv2d(larger);
  const strided: Tensor<[16, 14, 14]> = conv2d(one, kernels, { stride: 2, padding: 1 });
  const pooled: Tensor<[2, 7, 4]> = maxPool2d(page, [2, 3]);
  const framed: Tensor<[2, 16, 7, 2, 1]> = windows(page, [2, 1], { stride: [1, 2], padding: 1 });
  is(framed, 2, 16, 7, 2, 1);
  is(seen, 8, 16, 24, 24);
  is(strided, 16, 14, 14);
  is(pooled, 2, 7, 4);
  is(maxPool2d(image, 2), 8, 3, 14, 14);
  is(image.meanPool2d([2, 3], { stride: 2 }), 8, 3, 14, 13);
  isAny(conv2d(zeros(n, 9), zeros(2, 2)), 5, 8);
  isAny(windows(zeros(900, 2), 2), 899, 1, 2, 2);
  isAny(maxPool2d(X, n - 5), 2, 3);
  const second: number = jacobian(X, X).at(0, 1, 0, 1);
  is(tensor(second));
  is(eye(2).det());
  is(det(zeros(4, 2, 2)), 4);
  is(solve(eye(2), tensor([1, 2])), 2);
  isAny(solve(zeros(3, 2, 2).add(eye(2)), tensor([1, 2])), 3, 2);
  is(randint(0, 5, [2, 3]), 2, 3);
  is(permutation(4), 4);
  is(grad(sum(X), [X, b])[0].exp(), 2, 3);
  is(grad(sum(X), [X, b])[1], 3);
  is(grad(sum(X), X), 2, 3);
  const [dX, db] = grad(X.matmul(b).sum(), [X, b]);
  is(dX, 2, 3);
  is(db, 3);
  is(jvp(sum(X), X, X));
  is(X.as("X"), 2, 3);
  is(X.exp().add(1).mul(X).sub(b).T, 3, 2);

  // Lengths that are not literal: number, and checked when the cell runs.
  isAny(zeros(n, 2), 6, 2);
  isAny(X.reshape(-1, 2), 3, 2);
  isAny(zeros(n, 3).add(b), 6, 3);
  isAny(zeros(n, 3).matmul(W), 6, 4);
  isAny(sum(X, { axis: [0, 1] }));
  isAny(sum(X, { axis: n - 6 }), 3);
  isAny(transpose(zeros(2, 3, 4), [2, 0, 1]), 4, 2, 3);

  // What exercises do with tensors of several shapes.
  X.sum().backward();
  b.sum().backward();
  for (const parameter of [X, b]) parameter.assign(parameter.sub(parameter.grad.mul(0.1)));
  for (const parameter of [X, b]) isAny(parameter.exp().mul(2), ...parameter.shape);
  const layers: Tensor[] = [X, W, b];
  isAny(layers.map((layer) => layer.sum()).reduce((total, one) => total.add(one)));
  const loss = (x: Tensor, w: Tensor): Tensor => sigmoid(x.matmul(w)).mean();
  isAny(loss(X, W));
  let h: Tensor = X;
  h = h.matmul(W);
  isAny(h, 2, 4);
  const rows: number[][] = X.toArray();
  const number: number = J.toArray() + rows.length;
  isAny(tensor(rows).mul(number), 2, 3);
}
