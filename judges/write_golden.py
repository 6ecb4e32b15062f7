"""Asks PyTorch for the numbers of the lecture's worked examples, and writes them to test/data/golden.json.

In float64, rounded to 12 decimals. S03 to S28 are slides of lecture 9, A1 to A4 are what follows it: a linear layer,
its Jacobian, a network, and sums along an axis. C1 to C4 are of lecture 11.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import torch
import torch.nn.functional as F
from torch import Tensor

FILE = Path(__file__).parent.parent / "test" / "data" / "golden.json"

#: The numbers that most slides share.
DATA = {
    "X": [[1, -2, 0], [3, 0.5, -1]],
    "P": [[1, 2, 4], [0.5, 5, 10]],
    "dY": [[1, 0.5, -1], [2, -0.25, 4]],
    "M": [[1, 2, 3], [4, 5, 6]],
    "N": [[2, 0, -1], [1, -2, 3]],
}

#: A linear layer: Z = X W + 1 bᵀ.
LAYER = {
    "X": [[1, 2, 0], [-1, 0, 3], [2, 1, 1], [0, -2, 1]],
    "W": [[1, 0], [2, -1], [0, 1]],
    "b": [0.5, -0.5],
    "dZ": [[1, -1], [2, 0], [0, 3], [-1, 1]],
}

#: A picture, a kernel, and what comes back from the result of their convolution.
CONVOLUTION = {
    "X": [[1, 2, 0, 1, 3], [0, 1, 3, 1, 0], [2, -1, 1, 0, 1], [1, 0, 2, 1, -2]],
    "W": [[1, -1], [2, 0.5]],
    "dY": [[1, 0, -1, 2], [0.5, 0, 0, 1], [1, -1, 0, 0]],
}

#: A picture to pool, without equal entries side by side.
POOLED = {
    "X": [[1, 5, 2, 0], [3, 4, 6, 7], [-1, 0, 9, 8], [2, -3, 4, 5]],
    "dY": [[1, 2], [3, 4]],
}

#: A network of two layers, with its targets T.
NETWORK = {
    "X": LAYER["X"],
    "W1": [[0.5, -1, 0.25, 0, 1], [1, 0.5, -0.5, 2, -1], [-0.25, 0, 1, 0.5, 0.5]],
    "b1": [0, 0.1, -0.1, 0.2, -0.2],
    "W2": [[1, -1], [0.5, 0], [-0.5, 2], [0, 0.25], [1.5, -1]],
    "b2": [0.3, -0.3],
    "T": [[1, 0], [0, 1], [1, 1], [0, 0]],
}

PARAMETERS = ("W1", "b1", "W2", "b2")
ETA = 0.1

Example = dict[str, Any]


def main() -> None:
    examples = {name: {key: plain(value) for key, value in found.items()} for name, found in golden().items()}
    lines = [f" {dumps(name)}: {dumps(found)}" for name, found in examples.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")
    print(f"{FILE.name}: {len(examples) - 1} examples by PyTorch {torch.__version__}")


def golden() -> dict[str, Example]:
    """All examples in the order of the file, each with what is given and what follows."""
    return {
        "data": DATA,
        "S12 sum": reduced(torch.sum),
        "S13 mean": reduced(torch.mean),
        "S15-S18 unary, f = sigmoid": unary(torch.sigmoid, "X"),
        "S19 exp": unary(torch.exp, "X"),
        "S20 log": unary(torch.log, "P"),
        "S21 sigmoid": unary(torch.sigmoid, "X"),
        "S22 tanh": unary(torch.tanh, "X"),
        "S23 relu": rectified(),
        "S26 add": binary(torch.add),
        "S27 sub": binary(torch.sub),
        "S28 mul": binary(torch.mul),
        "S03 dM of J = sum(M ⊙ M)": squares(),
        "S08 Jacobian of sigmoid": jacobian_of_sigmoid(),
        "S10 paths": paths(),
        "A1 Z = X W + 1 bᵀ": layer(),
        "A2 dZ/dW": jacobian_of_layer(),
        "A3 MLP": network(),
        "S07 one step": step(),
        "A4 column sums": along(lambda x: x.sum(0), [1.0, -2.0, 0.5]),
        "A4 row means": along(lambda x: x.mean(1), [1.0, 2.0, 3.0, 4.0]),
        "C1 Y = X ⋆ W": convolution(CONVOLUTION["dY"]),
        "C2 stride 2, padding 1": convolution([[1, 0, 2], [0, -1, 0], [1, 1, 1]], stride=2, padding=1),
        "C3 max pooling": pooling(F.max_pool2d),
        "C4 mean pooling": pooling(F.avg_pool2d),
    }


def reduced(f: Callable[[Tensor], Tensor]) -> Example:
    X = leaf(DATA["X"])
    J = f(X)
    J.backward()
    return {"J": J, "dX": X.grad}


def unary(f: Callable[[Tensor], Tensor], of: str) -> Example:
    """Y = f(X), the derivative of each entry, and dX for the dY of the data."""
    X = leaf(DATA[of])
    Y = f(X)
    [local] = torch.autograd.grad(Y, X, torch.ones_like(Y), retain_graph=True)
    Y.backward(leaf(DATA["dY"]))
    return {"Y": Y, "local": local, "dX": X.grad}


def rectified() -> Example:
    """A relu with each convention at 0; PyTorch's own is 0, and X ⊙ (X ≥ 0) has the other one."""
    X, dY = leaf(DATA["X"]), leaf(DATA["dY"])
    [right] = torch.autograd.grad(X * (X >= 0), X, dY)
    Y = torch.relu(X)
    Y.backward(dY)
    return {"Y": Y, "dX_at0_1": right, "dX_at0_0": X.grad}


def binary(f: Callable[[Tensor, Tensor], Tensor]) -> Example:
    M, N = leaf(DATA["M"]), leaf(DATA["N"])
    Y = f(M, N)
    Y.backward(leaf(DATA["dY"]))
    return {"Y": Y, "dM": M.grad, "dN": N.grad}


def squares() -> Example:
    M = leaf(DATA["M"])
    (M * M).sum().backward()
    return {"dM": M.grad}


def jacobian_of_sigmoid() -> Example:
    found = torch.autograd.functional.jacobian(torch.sigmoid, leaf(DATA["X"]))
    matrix = in_order_of_vec(found)
    return {
        "shape": list(found.shape),
        "diagonal_of_matrix_column_major_vec": matrix.diag(),
        "off_diagonal_all_zero": torch.equal(matrix, matrix.diag().diag()),
        "entry_1_2_1_2": found[0, 1, 0, 1],
    }


def paths() -> Example:
    """J = y₁ + 2 y₂ + y₃ y₄ of y = (3 x₁, x₁ x₂, x₁ + x₂², x₃²)."""
    x = leaf([1.0, 2.0, 3.0])
    x1, x2, x3 = x
    y = torch.stack([3 * x1, x1 * x2, x1 + x2**2, x3**2])
    y.retain_grad()
    J = y[0] + 2 * y[1] + y[2] * y[3]
    J.backward()
    return {"x": x, "y": y, "J": J, "dJ_dy": y.grad, "dJ_dx": x.grad}


def layer() -> Example:
    X, W, b, dZ = (leaf(entries) for entries in LAYER.values())
    Z = X @ W + b
    Z.backward(dZ)
    return {**LAYER, "Z": Z, "dW": W.grad, "db": b.grad, "dX": X.grad}


def jacobian_of_layer() -> Example:
    X, W, _b, dZ = (leaf(entries) for entries in LAYER.values())
    found = torch.autograd.functional.jacobian(lambda w: X @ w, W)
    matrix = in_order_of_vec(found)
    assert torch.equal(matrix, torch.kron(torch.eye(2, dtype=torch.float64), X))
    return {
        "shape": list(found.shape),
        "matrix_column_major_vec": matrix,
        "equals": "I_K ⊗ X",
        "vec_dW": matrix.T @ dZ.T.reshape(-1),
    }


def network() -> Example:
    given = {name: leaf(entries) for name, entries in NETWORK.items()}
    J, results = forward(given)
    for result in results.values():
        result.retain_grad()
    J.backward()
    everything = {**given, **results}
    order = ("Z2", "W2", "b2", "A1", "Z1", "W1", "b1", "X")
    return {**NETWORK, "J": J, **results, **{f"d{name}": everything[name].grad for name in order}}


def step() -> Example:
    """One step of gradient descent, and J after it."""
    given = {name: leaf(entries) for name, entries in NETWORK.items()}
    J, _ = forward(given)
    J.backward()
    after = {name: (given[name] - ETA * given[name].grad).detach() for name in PARAMETERS}
    J_after, _ = forward({**given, **after})
    return {"eta": ETA, **after, "J_after": J_after}


def forward(given: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
    """The mean squared error of the network, and what it is computed from."""
    Z1 = given["X"] @ given["W1"] + given["b1"]
    A1 = torch.sigmoid(Z1)
    Z2 = A1 @ given["W2"] + given["b2"]
    return ((Z2 - given["T"]) ** 2).mean(), {"Z1": Z1, "A1": A1, "Z2": Z2}


def along(f: Callable[[Tensor], Tensor], dY: list[float]) -> Example:
    X = leaf(LAYER["X"])
    Y = f(X)
    Y.backward(leaf(dY))
    return {"Y": Y, "dY": dY, "dX": X.grad}


def convolution(dY: list[list[float]], **options: int) -> Example:
    X, W = leaf(CONVOLUTION["X"]), leaf(CONVOLUTION["W"])
    Y = F.conv2d(X[None], W[None, None], **options)[0]
    Y.backward(leaf(dY))
    return {"Y": Y, "dY": dY, "dX": X.grad, "dW": W.grad}


def pooling(pool: Callable[[Tensor, int], Tensor]) -> Example:
    X = leaf(POOLED["X"])
    Y = pool(X[None], 2)[0]
    Y.backward(leaf(POOLED["dY"]))
    return {**POOLED, "Y": Y, "dX": X.grad}


def in_order_of_vec(jacobian: Tensor) -> Tensor:
    """∂Y/∂X of two matrices as one matrix, whose rows and columns follow vec, which stacks the columns."""
    i, j, k, l = jacobian.shape
    return jacobian.permute(1, 0, 3, 2).reshape(i * j, k * l)


def leaf(entries: Any) -> Tensor:
    return torch.tensor(entries, dtype=torch.float64, requires_grad=True)


def plain(value: Any) -> Any:
    """Tensors as lists of rounded numbers; what was given stands as it was written."""
    return rounded(value.tolist()) if isinstance(value, Tensor) else value


def rounded(value: Any) -> Any:
    return [rounded(entry) for entry in value] if isinstance(value, list) else round(value, 12)


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
