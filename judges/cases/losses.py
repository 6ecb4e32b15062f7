"""Softmax and the losses, on ordinary logits and on ones that overflow a careless formula."""

import numpy as np

from case import Case, Constant, draw, shown

INF = np.inf


def soft() -> list[Case]:
    cases = []
    for op in ("softmax", "logSoftmax"):
        for shape in ([3], [1], [2, 3], [1, 4], [3, 1], [2, 1, 3], [0, 3]):
            cases.append(Case(op, shown(shape), (draw(op, "x", shape),)))
        for name, row in [
            ("large", [1000.0, 1000.5, 999.0]),
            ("far apart", [-1000.0, 1000.0, 0.0]),
            ("equal", [2.0, 2.0, 2.0]),
        ]:
            cases.append(Case(op, name, (np.array(row),)))
        cases.append(Case(op, "many", (draw(op, "many", [3, 40], -9, 9),), order=1))
        cases.append(Case(op, "a −∞ masks", (np.array([-INF, 0.5, 1.0]),), order=1))
        cases.append(
            Case(op, "float32", (draw(op, "f", [2, 3]).astype(np.float32),), dtype="float32", order=0)
        )
    return cases


def probabilities(name: str, shape: list[int]) -> np.ndarray:
    weights = draw("probabilities", name, shape, 0.1, 1)
    return (weights / weights.sum(axis=-1, keepdims=True)).round(3)


def cross_entropy() -> list[Case]:
    op, cases = "crossEntropy", []
    for shape, classes in [
        ([2, 3], [2, 0]),
        ([1, 4], [3]),
        ([3, 1], [0, 0, 0]),
        ([4, 2], [1, 0, 1, 1]),
        ([3], 1),
        ([1, 2, 2], [[1, 0]]),
    ]:
        target = Constant(np.array(classes, dtype=float))
        cases.append(Case(op, f"{shown(shape)}, classes {classes}", (draw(op, "x", shape), target)))
    for shape in ([2, 3], [1, 4], [3], [1, 2, 2]):
        cases.append(
            Case(op, f"{shown(shape)}, probabilities", (draw(op, "p", shape), probabilities("p", shape)))
        )
        constant = Constant(probabilities("c", shape))
        cases.append(Case(op, f"{shown(shape)}, constant probabilities", (draw(op, "c", shape), constant)))
    large = np.array([[1000.0, -1000.0, 0.0], [-800.0, 800.0, 799.0]])
    cases.append(Case(op, "large, right classes", (large, Constant(np.array([0.0, 1.0])))))
    cases.append(Case(op, "large, wrong classes", (large, Constant(np.array([1.0, 0.0])))))
    cases.append(Case(op, "one-hot", (large, Constant(np.array([[1.0, 0, 0], [0, 0, 1]])))))
    masked = np.array([[0.5, -INF, 1.0], [-INF, 0.0, 2.0]])
    cases.append(Case(op, "a −∞ masks a class", (masked, Constant(np.array([2.0, 1.0]))), order=1))
    x = draw(op, "f", [2, 3]).astype(np.float32)
    cases.append(
        Case(op, "float32", (x, Constant(np.array([1.0, 2.0], dtype=np.float32))), dtype="float32", order=0)
    )
    return cases


def entrywise() -> list[Case]:
    cases = []
    for shape in ([3], [1], [2, 3], [3, 1], [2, 1, 3], []):
        x, y = draw("mse", "x", shape), draw("mse", "y", shape)
        cases.append(Case("mse", shown(shape), (x, y)))
    cases.append(Case("mse", "equal", (np.array([1.5, -2.0]), np.array([1.5, -2.0]))))
    cases.append(
        Case(
            "mse",
            "float32",
            tuple(draw("mse", f"f{i}", [2, 3]).astype(np.float32) for i in range(2)),
            dtype="float32",
            order=0,
        )
    )
    op = "binaryCrossEntropy"
    for shape in ([4], [1], [3, 1], [2, 3], []):
        target = draw(op, "t", shape, 0, 1)
        cases.append(Case(op, shown(shape), (draw(op, "x", shape, -3, 3), target)))
        cases.append(
            Case(op, f"{shown(shape)}, labels", (draw(op, "l", shape, -3, 3), Constant(target.round())))
        )
    extremes = np.array([800.0, -800.0, 800.0, -800.0, 0.0])
    cases.append(Case(op, "large", (extremes, Constant(np.array([1.0, 0.0, 0.0, 1.0, 0.5]))), order=1))
    cases.append(
        Case(
            op,
            "float32",
            (
                draw(op, "f", [4], -3, 3).astype(np.float32),
                Constant(np.array([1, 0, 1, 0], dtype=np.float32)),
            ),
            dtype="float32",
            order=0,
        )
    )
    return cases


def cases() -> list[Case]:
    return soft() + cross_entropy() + entrywise()
