"""Ops that reduce axes: every way to name an axis, ties, zeros, and sums that overflow on the way."""

from dataclasses import replace

import numpy as np

from case import Case, Decided, draw, shown

INF, NAN = np.inf, np.nan

AXES = [
    ([2, 3], {}),
    ([], {}),
    ([1], {}),
    ([5], {}),
    ([2, 3], {"axis": 0}),
    ([2, 3], {"axis": -1}),
    ([2, 3], {"axis": 1, "keepdims": True}),
    ([2, 3], {"keepdims": True}),
    ([2, 1, 3], {"axis": [0, 2]}),
    ([2, 1, 3], {"axis": 1}),
    ([2, 1, 3], {"axis": [-1, 0], "keepdims": True}),
    ([2, 1, 2, 2], {"axis": [1, 3]}),
    ([1, 1], {"axis": [0, 1]}),
]

#: Reductions that answer for no entries too.
EMPTY = [([0], {}), ([0, 3], {"axis": 0}), ([2, 0], {"axis": 1}), ([0, 3], {"axis": 1})]


def every_axis(op: str, order: int = 2, **options: object) -> list[Case]:
    def name(shape: list[int], chosen: dict) -> str:
        words = [shown(shape)] + [f"{key} {value}" for key, value in (options | chosen).items()]
        return ", ".join(words)

    return [
        Case(op, name(shape, chosen), (draw(op, name(shape, chosen), shape),), options | chosen, order=order)
        for shape, chosen in AXES
    ] + [
        Case(
            op,
            f"{name([2, 3], {})}, float32",
            (draw(op, "f32", [2, 3]).astype(np.float32),),
            dict(options),
            dtype="float32",
            order=0,
        )
    ]


def extremes() -> list[Case]:
    one = lambda *entries: (np.array(entries),)
    return [
        Case("sum", "overflow", one(1e308, 1e308, -1e308), order=1),
        Case("sum", "infinities", one(INF, -INF), order=1),
        Case("mean", "large and small", one(1e16, 1.0, -1e16), order=1),
        Case("max", "infinities", one(-INF, INF, 2.0), order=1),
        Case("max", "NaN wins", one(1.0, NAN, 2.0), order=0),
        Case("min", "NaN wins", one(1.0, NAN, 2.0), order=0),
        Case("max", "ties", one(3.0, 1.0, 3.0, 3.0), order=1),
        Case("min", "ties", one(1.0, 1.0, 3.0), order=1),
        Case("max", "ties along an axis", (np.array([[1.0, 1.0], [0.0, 2.0]]),), {"axis": 1}, order=1),
        Case("max", "ties across both axes", (np.array([[2.0, 1.0], [0.0, 2.0]]),), order=1),
        Case("prod", "one zero", one(2.0, 0.0, 3.0)),
        Case("prod", "two zeros", one(2.0, 0.0, 0.0)),
        Case("prod", "only zeros", one(0.0, 0.0, 0.0)),
        Case("prod", "a zero in one row", (np.array([[2.0, 0.0], [3.0, -1.5]]),), {"axis": 1}),
        Case("prod", "near overflow", one(1e200, 1e100, 1e-200), order=1),
        Case("variance", "far from 0", (np.array([1e8, 1e8 + 1, 1e8 + 2]),), order=1),
        Case("variance", "equal entries", one(2.5, 2.5, 2.5)),
        Case("logsumexp", "large", one(1000.0, 1000.5, -1000.0)),
        Case("logsumexp", "small", one(-1000.0, -1000.5)),
        Case("logsumexp", "a −∞ among numbers", one(-INF, 0.5, 1.0), order=1),
        Case("logsumexp", "only −∞", one(-INF, -INF), order=0),
        Case("logsumexp", "+∞", one(INF, 0.5), order=0),
        Case("argmax", "ties take the first", one(1.0, 3.0, 3.0), order=0),
        Case("argmax", "NaN is the largest", one(1.0, NAN, 3.0), order=0),
        Case("argmin", "ties take the first", one(3.0, 1.0, 1.0), order=0),
        Case("argmin", "NaN is the smallest", one(1.0, NAN, 0.5), order=0),
    ]


def deviations() -> list[Case]:
    flat = "where nothing spreads, std has gradient 0, as norm has at 0"
    cases = []
    for case in every_axis("std"):
        [x] = case.args
        axis = case.options.get("axis")
        count = x.size // np.size(np.std(x, axis if axis is None else tuple(np.atleast_1d(axis))))
        if count == 1:
            case = replace(case, order=1, decided=Decided(flat, vjp=[[0] * x.size]))
        # Of two entries it is half their distance: only rounding is left of the Hessian.
        cases.append(replace(case, order=1) if count == 2 else case)
    one = lambda *entries: (np.array(entries),)
    return cases + [
        Case("std", "equal entries", one(2.5, 2.5, 2.5), order=1, decided=Decided(flat, vjp=[[0, 0, 0]])),
        Case("std", "far from 0", one(1e8, 1e8 + 1, 1e8 + 2), order=1),
        Case(
            "std",
            "a row that does not spread",
            (np.array([[1.0, 1.0], [3.0, 5.0]]),),
            {"axis": 1},
            order=1,
            decided=Decided(flat, vjp=[[0, 0, -0.5, 0.5]]),
        ),
    ]


def norms() -> list[Case]:
    cases = every_axis("norm")
    for ord in (1, 2, INF):
        cases += [
            Case(
                "norm",
                f"ord {ord}, {shown(shape)}{', axis ' + str(o['axis']) if o else ''}",
                (draw("norm", f"{ord}", shape),),
                {"ord": ord} | o,
            )
            for shape, o in [
                ([4], {}),
                ([2, 3], {}),
                ([2, 3], {"axis": 0}),
                ([2, 1, 3], {"axis": -1, "keepdims": True}),
            ]
        ]
    at_zero = "norm at 0 has gradient 0"
    return cases + [
        Case("norm", "near overflow", (np.array([3e150, 4e150]),), order=1),
        Case("norm", "at 0", (np.zeros(3),), order=1, decided=Decided(at_zero, vjp=[[0, 0, 0]])),
        Case(
            "norm",
            "ord 1, at 0",
            (np.array([0.0, -2.0]),),
            {"ord": 1},
            order=1,
            decided=Decided("abs has derivative 0 at 0", vjp=[[0, -1]]),
        ),
        Case("norm", "ord Infinity, ties", (np.array([2.0, -2.0, 1.0]),), {"ord": INF}, order=1),
        Case(
            "norm",
            "ord Infinity, at 0",
            (np.zeros(2),),
            {"ord": INF},
            order=1,
            decided=Decided(at_zero, vjp=[[0, 0]]),
        ),
        Case(
            "norm",
            "a row of zeros",
            (np.array([[0.0, 0.0], [3.0, 4.0]]),),
            {"axis": 1},
            order=1,
            decided=Decided(at_zero, vjp=[[0, 0, 0.6, 0.8]]),
        ),
    ]


def scans() -> list[Case]:
    cases = []
    for op in ("cumsum", "cumprod"):
        for shape, axis in [([4], 0), ([1], 0), ([2, 3], 0), ([2, 3], -1), ([2, 1, 3], 2), ([0, 3], 0), ([2, 0], 1)]:
            cases.append(Case(op, f"{shown(shape)}, axis {axis}", (draw(op, "x", shape),), {"axis": axis}))
        single = draw(op, "f32", [2, 3]).astype(np.float32)
        cases.append(Case(op, "float32", (single,), {"axis": 1}, dtype="float32", order=0))
        cases.append(Case(op, "infinities", (np.array([1.0, INF, 2.0, -INF]),), {"axis": 0}, order=0))
        cases.append(Case(op, "NaN", (np.array([1.0, NAN, 2.0]),), {"axis": 0}, order=0))
    for name, entries in [
        ("one zero", [2.0, 0.0, 3.0, 4.0]),
        ("two zeros", [2.0, 0.0, 3.0, 0.0, 5.0]),
        ("only zeros", [0.0, 0.0, 0.0]),
        ("a zero first", [0.0, 2.0, -3.0]),
    ]:
        cases.append(Case("cumprod", name, (np.array(entries),), {"axis": 0}))
    cases.append(Case("cumprod", "near overflow", (np.array([1e200, 1e100, 1e-200]),), {"axis": 0}, order=1))
    return cases


def cases() -> list[Case]:
    plain = ["sum", "mean", "max", "min", "prod", "logsumexp", "variance"]
    listed = [case for op in plain for case in every_axis(op)]
    listed += [
        Case(
            op,
            f"correction 1, {shown(shape)}, axis {o.get('axis')}",
            (draw(op, "c", shape),),
            {"correction": 1} | o,
        )
        for op in ("variance", "std")
        for shape, o in [
            ([5], {}),
            ([2, 3], {}),
            ([2, 3], {"axis": 0}),
            ([2, 1, 3], {"axis": [0, 2], "keepdims": True}),
        ]
    ]
    for shape, options in [
        ([2, 3], {}),
        ([4], {}),
        ([], {}),
        ([2, 3], {"axis": 0}),
        ([2, 3], {"axis": -1, "keepdims": True}),
        ([2, 1, 3], {"axis": 2}),
    ]:
        listed += [
            Case(op, f"{shown(shape)}, {options}", (draw(op, "x", shape),), options, order=0)
            for op in ("argmax", "argmin")
        ]
    for op in ("any", "all"):
        for entries in ([0, 1], [0, 0], [1, 2], [0, np.nan], [-0.0, 0]):
            listed.append(Case(op, f"{entries}", (np.array(entries, float),), order=0))
        mixed = np.array([[[0.0, 2, 3]], [[0, 0, 1]]])
        listed += [
            Case(op, f"{shown(mixed.shape)}, {options}", (mixed,), options, order=0)
            for shape, options in AXES
            if shape == [2, 1, 3] or options == {"keepdims": True}
        ]
        listed += [Case(op, f"{shown(s)}, axis {o.get('axis')}", (np.zeros(s),), o, order=0) for s, o in EMPTY]
    listed += [
        Case(op, f"{shown(s)}, axis {o.get('axis')}", (draw(op, "0", s),), o)
        for op in ("sum", "prod")
        for s, o in EMPTY
    ]
    listed += [Case("logsumexp", "0x3, axis 1", (draw("l", "0", [0, 3]),), {"axis": 1})]
    listed += [
        Case(op, "many", (draw(op, "many", [6, 50]),), {"axis": 1}, order=1) for op in [*plain, "std", "norm"]
    ]
    return listed + extremes() + deviations() + norms() + scans()
