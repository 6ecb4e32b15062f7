"""Where elementwise ops are least smooth: at the smallest numbers, at poles, at kinks."""

import numpy as np

from case import Case, Constant, Decided, draw


def subnormals() -> list[Case]:
    """Below the normal range numbers have fewer digits, but they are not 0."""
    flushes = {"jax": "takes subnormal numbers for 0"}
    calls = {
        "sqrt": 5e-324,
        "log": 5e-324,
        "exp": -745.0,
        "expm1": 5e-324,
        "sin": 5e-324,
        "tanh": 5e-324,
        "neg": 5e-324,
    }
    return [Case(op, "subnormal", (np.array([x]),), order=1, silent=flushes) for op, x in calls.items()]


def poles() -> list[Case]:
    """Where a value or a slope is infinite."""
    one = lambda *entries: (np.array(entries),)
    return [
        Case("log", "at 0", one(0.0, 2.0), order=1),
        Case("log1p", "at −1", one(-1.0, 2.0), order=1),
        Case("reciprocal", "at 0", one(0.0, -0.0, 2.0), order=1),
        Case("div", "by 0", (np.array([1.0, -2.0]), np.array([0.0, 0.0])), order=1),
        Case("pow", "0 to a negative power", (np.array([0.0]), -1), order=1),
        Case("sqrt", "at 0", one(0.0, 4.0), order=1),
    ]


def kinks() -> list[Case]:
    """Where there is no one derivative: the midpoint, as central differences give."""
    midpoint = "at a kink or tie the derivative is the midpoint, as central differences give"
    ties = (np.array([1.0, -2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    return [
        Case("abs", "kink", (np.array([0.0, -0.0]),), order=1, decided=Decided(midpoint, vjp=[[0, 0]])),
        Case("relu", "kink", (np.array([0.0, -0.0, 1.0]),), order=1),
        Case(
            "relu",
            "kink, at0 1",
            (np.array([0.0, -0.0, -1.0, 1.0]),),
            {"at0": 1},
            order=1,
            decided=Decided("the lecture takes the derivative 1 at 0 when told so", vjp=[[1, 1, 0, 1]]),
        ),
        Case("relu", "at0 1 changes nothing elsewhere", (draw("relu", "at0", [2, 3]),), {"at0": 1}),
        Case("maximum", "ties", ties, order=1),
        Case("minimum", "ties", ties, order=1),
        Case("maximum", "tie with a number", (np.array([-1.0, 0.0, 1.0]), 0.0), order=1),
        Case(
            "clamp",
            "edges",
            (np.array([-1.0, 0.0, 1.0, 2.0]), -1.0, 1.0),
            order=1,
            decided=Decided(midpoint, vjp=[[0.5, 1, 0.5, 0]]),
        ),
        Case(
            "pow", "0 to powers, by the exponent", (Constant(np.zeros(3)), np.array([0.0, 1.0, 2.5])), order=1
        ),
        Case(
            "pow",
            "0 to the power 0, by both",
            (np.array([0.0]), np.array([0.0])),
            order=1,
            decided=Decided("0⁰ = 1, flat in both directions", vjp=[[0], [0]]),
        ),
    ]


def cases() -> list[Case]:
    return subnormals() + poles() + kinks()
