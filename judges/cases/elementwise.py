"""Ops that act entry by entry: every way to broadcast, and the extremes of their domains."""

import numpy as np

from case import Case, Constant, Shape, draw, shown

INF, NAN = np.inf, np.nan

UNARY_SHAPES = [[], [3], [1], [2, 3], [1, 4], [2, 1, 3], [2, 1, 2, 2], [0], [0, 3]]

#: Each pair broadcasts in another way: a scalar, missing axes, axes of length 1 on either side, an empty axis.
PAIRS = [
    ([2, 3], [2, 3]),
    ([2, 3], []),
    ([], [3]),
    ([2, 3], [3]),
    ([2, 1], [1, 3]),
    ([4], [2, 3, 1]),
    ([1], [1, 1]),
    ([0, 3], [1, 3]),
    ([2, 1, 2, 1], [1, 3, 1, 2]),
]

#: name: (interval to draw from, entries at which floating point gets hard)
UNARY = {
    "neg": ((-2, 2), [0.0, 1e308, INF, -INF, NAN]),
    "square": ((-2, 2), [0.0, 1e-170, 1e154, 1e200, -INF, NAN]),
    "sqrt": ((0.1, 3), [1e-300, 1e300, 4.0, INF]),
    "reciprocal": ((0.2, 3), [1e-300, 1e300, -4.0, INF, -INF]),
    "exp": ((-2, 2), [0.0, -700.0, -800.0, 709.0, 710.0, 1e-300, INF, -INF, NAN]),
    "log": ((0.1, 3), [1.0, 1e-300, 1e300, 0.9999999999, 1.0000000001, INF]),
    "log1p": ((-0.9, 3), [0.0, 1e-20, -1e-20, 1e-8, -0.999999, 1e300, INF]),
    "expm1": ((-2, 2), [0.0, 1e-20, -1e-20, 1e-8, -40.0, -800.0, 709.0, 710.0, -INF, INF]),
    "sin": ((-4, 4), [0.0, 1e-20, 3.141592653589793, 100.0, 1e5, -1e10, 1e22]),
    "cos": ((-4, 4), [0.0, 1e-20, 1.5707963267948966, 100.0, 1e5, -1e10, 1e22]),
    "tanh": ((-2, 2), [0.0, 1e-20, 1e-5, 20.0, -22.5, 800.0, -800.0, INF, -INF, NAN]),
    "sigmoid": ((-3, 3), [0.0, 36.0, -36.0, -700.0, 800.0, INF, NAN]),
    "relu": ((-2, 2), [1e-300, -1e-300, 1e300, INF, -INF]),
    "softplus": ((-3, 3), [0.0, 36.0, -36.0, -700.0, 800.0, INF, -INF, NAN]),
    "abs": ((-2, 2), [1e-300, -1e300, INF, -INF]),
    "asin": ((-0.95, 0.95), [0.0, 1e-20, 1e-300, 0.999, -0.9999]),
    "acos": ((-0.95, 0.95), [0.0, 1e-20, 0.999, -0.9999]),
    "atan": ((-4, 4), [0.0, 1e-20, 1e-300, 1e8, -1e100, INF, -INF, NAN]),
    "sinh": ((-3, 3), [0.0, 1e-20, 1e-300, 30.0, -700.0, 711.0, INF, -INF]),
    "cosh": ((-3, 3), [0.0, 1e-20, 30.0, -700.0, 711.0, INF, -INF]),
    "erf": ((-3, 3), [0.0, 1e-20, 0.5, -6.0, 30.0, INF, -INF, NAN]),
    "gelu": ((-3, 3), [0.0, 1e-20, -6.0, -20.0, -30.0, 30.0, -700.0]),
    "silu": ((-3, 3), [0.0, 1e-20, 36.0, -36.0, -700.0, 800.0]),
    "elu": ((-3, 3), [1e-300, -1e-300, 1e-20, -1e-20, -40.0, -800.0, 800.0, INF, -INF]),
    "leakyRelu": ((-3, 3), [1e-300, -1e-300, 1e300, -1e300, INF, -INF]),
    "floor": ((-2, 2), [0.0, -0.5, 1e-300, -1e-300, 1e300, INF, -INF]),
    "round": ((-2, 2), [0.0, 0.5, 1.5, -2.5, 0.49999999999999994, 1e300, INF, -INF]),
    "sign": ((-2, 2), [0.0, 1e-300, -1e300, INF, -INF]),
}

BINARY = {
    "add": (-2, 2),
    "sub": (-2, 2),
    "mul": (-2, 2),
    "div": (0.3, 2),
    "atan2": (0.3, 2),
    "maximum": (-2, 2),
    "minimum": (-2, 2),
}

COMPARISONS = ["ge", "gt", "le", "lt", "eq", "ne"]


def unary() -> list[Case]:
    cases = []
    for op, ((low, high), extremes) in UNARY.items():
        for shape in UNARY_SHAPES:
            cases.append(Case(op, shown(shape), (draw(op, "x", shape, low, high),)))
        cases.append(Case(op, "extremes", (np.array(extremes),), order=1))
        single = draw(op, "float32", [2, 3], low, high).astype(np.float32)
        cases.append(Case(op, "float32", (single,), dtype="float32", order=0))
    return cases


def binary() -> list[Case]:
    cases = []
    for op, (low, high) in BINARY.items():
        for shapes in PAIRS:
            x, y = (draw(op, f"{shown(*shapes)} {i}", shape, low, high) for i, shape in enumerate(shapes))
            cases.append(Case(op, shown(*shapes), (x, y)))
        x = draw(op, "number", [2, 2], low, high)
        cases += [Case(op, "number on the right", (x, 1.5)), Case(op, "number on the left", (-0.5, x))]
        a, b = (draw(op, f"float32 {i}", [2, 3], low, high).astype(np.float32) for i in range(2))
        cases.append(Case(op, "float32", (a, b), dtype="float32", order=0))
    x = np.array([1e308, -1e308, INF, 0.0, 3.0])
    y = np.array([1e308, 1e308, 2.0, -0.5, -INF])
    cases += [Case(op, "extremes", (x, y), order=1) for op in ("add", "sub", "mul", "maximum", "minimum")]
    cases.append(
        Case(
            "div",
            "extremes",
            (np.array([1e300, -1e300, INF, 0.0, 3.0]), np.array([1e8, 1e-8, 2.0, -0.5, -INF])),
            order=1,
        )
    )
    signs = (np.array([1.5, -1.5, -1.5, 0.5, 1.0, -2.0]), np.array([-0.5, 0.5, -0.5, 0.0, -3.0, -1.0]))
    cases += [Case("atan2", "every quadrant", signs)]
    infinite = (np.array([INF, -INF, INF, 1.0, -1.0]), np.array([INF, -INF, 1.0, INF, -INF]))
    cases.append(Case("atan2", "far away", infinite, order=0))
    nans = (np.array([NAN, 1.0, NAN]), np.array([1.0, NAN, NAN]))
    cases += [Case(op, "NaN wins", nans, order=0) for op in ("maximum", "minimum")]
    return cases


def power() -> list[Case]:
    def positive(name: str, shape: Shape) -> np.ndarray:
        return draw("pow", name, shape, 0.3, 2.5)

    cases = []
    for a, b in PAIRS:
        y = draw("pow", "exponent", b, -2, 3)
        cases.append(Case("pow", shown(a, b), (positive("base", a), y)))
    for exponent in (2, 3, 4, 1, 0, -1, -2, 0.5, -0.5, 2.5):
        cases.append(Case("pow", f"exponent {exponent}", (positive(f"{exponent}", [2, 3]), exponent)))
    for exponent in (2, 3, -1, -2, 0, 1):
        x = np.array([-1.5, -0.25, -3.0])
        cases.append(Case("pow", f"negative base, exponent {exponent}", (x, exponent)))
    for exponent in (0, 1, 2, 3):
        cases.append(Case("pow", f"base 0, exponent {exponent}", (np.array([0.0, 1.5]), exponent)))
    cases.append(Case("pow", "base 0, exponent 0.5", (np.array([0.0, 4.0]), 0.5), order=1))
    cases.append(Case("pow", "number as base", (2.5, draw("pow", "number", [2, 3], -2, 2))))
    cases.append(Case("pow", "negative base, fraction", (np.array([-1.5, -0.1]), 0.5), order=0))
    x = np.array([1e200, 1e-200, 2.0, 10.0, 0.5, INF, 1.0000000001, 0.999999, 1.0000001])
    y = np.array([2.0, 2.0, -1000.0, 308.0, 1100.0, -1.0, 1e10, 1e8, -2e9])
    cases.append(Case("pow", "extremes", (x, y), order=0))
    cases.append(
        Case("pow", "negative base, by the exponent", (np.array([-1.5, -2.0]), np.array([3.0, 2.0])), order=1)
    )
    single = (
        positive("float32", [2, 3]).astype(np.float32),
        draw("pow", "f32", [2, 3], -2, 2).astype(np.float32),
    )
    cases.append(Case("pow", "float32", single, dtype="float32", order=0))
    cases.append(
        Case(
            "pow",
            "negative base, whole exponents in a tensor",
            (np.array([-1.5, -2.0]), Constant(np.array([3.0, -2.0]))),
        )
    )
    return cases


def choices() -> list[Case]:
    """clamp, where and the comparisons."""
    cases = []
    cases.append(Case("elu", "alpha 0.5", (draw("elu", "alpha", [2, 3], -2, 2),), {"alpha": 0.5}))
    cases.append(Case("leakyRelu", "slope 0.5", (draw("leakyRelu", "slope", [2, 3], -2, 2),), {"slope": 0.5}))
    for shape in UNARY_SHAPES:
        cases.append(Case("clamp", shown(shape), (draw("clamp", "x", shape), -1.0, 0.75)))
    cases.append(Case("clamp", "one-sided", (draw("clamp", "one", [6]), 0.0, INF)))
    cases.append(Case("clamp", "extremes", (np.array([INF, -INF, 1e300]), -1.0, 1.0), order=1))
    cases.append(Case("clamp", "NaN stays", (np.array([NAN, 0.5]), -1.0, 1.0), order=0))
    x, y = np.array([1.0, 2.0, INF]), np.array([1.00001, 2.0, INF])
    cases += [
        Case("allclose", "within the default tolerance", (x, y), order=0),
        Case("allclose", "beyond it", (x, y + 1e-3), order=0),
        Case("allclose", "within a given one", (x, y + 1e-3), {"rtol": 0.01}, order=0),
        Case("allclose", "NaN is not close to NaN", (np.array([NAN]), np.array([NAN])), order=0),
        Case("allclose", "opposite infinities", (np.array([INF]), np.array([-INF])), order=0),
        Case("allclose", "absolutely, near 0", (np.array([1e-9]), np.array([0.0])), order=0),
        Case("allclose", "no entries", (np.zeros((0, 2)), np.zeros((0, 2))), order=0),
    ]
    cases.append(
        Case(
            "clamp",
            "float32",
            (draw("clamp", "f", [2, 3]).astype(np.float32), -1.0, 0.75),
            dtype="float32",
            order=0,
        )
    )

    triples = [
        ([2, 3], [2, 3], [2, 3]),
        ([2, 1], [1, 3], []),
        ([3], [2, 3], [1, 1]),
        ([], [2], [2]),
        ([0, 2], [2], [1, 2]),
    ]
    for c, a, b in triples:
        condition = Constant((draw("where", f"{c}", c) > 0).astype(float))
        x, y = draw("where", "x", a), draw("where", "y", b)
        cases.append(Case("where", shown(c, a, b), (condition, x, y)))
    masked = (Constant(np.array([1.0, 0.0, 1.0])), np.array([1.0, NAN, 2.0]), np.array([INF, 3.0, NAN]))
    cases.append(Case("where", "the branch not taken is ignored", masked, order=1))
    cases.append(Case("where", "numbers", (Constant(np.array([1.0, 0.0])), np.array([0.5, 2.0]), 0.0)))

    for shape in UNARY_SHAPES:
        cases.append(Case("isFinite", shown(shape), (draw("isFinite", "x", shape),), order=0))
    cases.append(Case("isFinite", "extremes", (np.array([0.0, 1e308, INF, -INF, NAN]),), order=0))

    for op in COMPARISONS:
        for a, b in PAIRS:
            x, y = (
                np.asarray(draw(op, f"{shown(a, b)} {i}", s, -2, 2).round()) for i, s in enumerate((a, b))
            )
            cases.append(Case(op, shown(a, b), (x, y), order=0))
        x = np.array([NAN, NAN, 1.0, INF, -INF, 0.0])
        y = np.array([NAN, 1.0, NAN, INF, INF, -0.0])
        cases.append(Case(op, "extremes", (x, y), order=0))
    return cases


def cases() -> list[Case]:
    return unary() + binary() + power() + choices()
