"""Windows that slide over the last two axes, convolution, pooling."""

import numpy as np

from case import Case, Decided, draw, shown


def windows() -> list[Case]:
    calls = [
        ([3, 4], [2, 2], {}),
        ([3, 4], [3, 1], {}),
        ([3, 4], 1, {}),
        ([2, 2], 2, {}),
        ([4, 5], [2, 3], {"stride": 2}),
        ([3, 3], 2, {"stride": [1, 2], "padding": [0, 1]}),
        ([2, 2], 3, {"padding": 1}),
        ([2, 3, 3], 2, {}),
        ([1, 2, 3, 2], [2, 1], {"stride": 3, "padding": 2}),
        ([0, 3, 3], 2, {}),
    ]
    cases = []
    for shape, size, options in calls:
        name = f"{shown(shape)}, size {size}, {options}"
        cases.append(Case("windows", name, (draw("windows", name, shape), size), options))
    overlaps = [
        ([2, 3, 2, 2], [3, 4], {}),
        ([3, 3, 1, 1], 3, {}),
        ([1, 2, 3, 2], [3, 3], {}),
        ([2, 2, 2, 2], [4, 5], {"stride": 2}),
        ([2, 3, 2, 2, 2], [2, 3], {"stride": [1, 2], "padding": [1, 1]}),
        ([2, 1, 2, 2, 2, 2], 3, {"stride": 2, "padding": 1}),
    ]
    for shape, to, options in overlaps:
        name = f"{shown(shape)} to {to}, {options}"
        cases.append(Case("overlapAdd", name, (draw("overlapAdd", name, shape), to), options))
    for op, shape, size in (("windows", [3, 4], 2), ("overlapAdd", [2, 3, 2, 2], [3, 4])):
        x = draw(op, "f32", shape).astype(np.float32)
        cases.append(Case(op, "float32", (x, size), dtype="float32", order=0))
    return cases


def convolutions() -> list[Case]:
    calls = [
        ([3, 4], [2, 2], {}),
        ([3, 3], [3, 3], {}),
        ([1, 1], [1, 1], {}),
        ([4, 5], [2, 3], {"stride": 2}),
        ([3, 2], [2, 3], {"padding": [0, 1], "stride": [1, 2]}),
        ([2, 2], [3, 3], {"padding": 2}),
        ([1, 3, 3], [1, 1, 2, 2], {}),
        ([2, 3, 3], [2, 2, 2, 2], {"padding": 1, "stride": 2}),
        ([2, 1, 3, 3], [2, 1, 2, 2], {}),
        ([2, 2, 3, 2], [1, 2, 2, 2], {"padding": [0, 1]}),
        ([0, 1, 3, 3], [2, 1, 2, 2], {}),
        ([2, 3, 6, 7], [4, 3, 3, 2], {"padding": 1}),
    ]
    cases = []
    for a, b, options in calls:
        name = f"{shown(a, b)}, {options}"
        cases.append(Case("conv2d", name, (draw("conv2d", f"{name} x", a), draw("conv2d", f"{name} w", b)), options))
    x, w = (draw("conv2d", f"f32 {i}", s).astype(np.float32) for i, s in enumerate(([2, 4, 4], [3, 2, 2, 2])))
    return cases + [Case("conv2d", "float32", (x, w), dtype="float32", order=0)]


def pools() -> list[Case]:
    calls = [
        ([4, 4], 2, {}),
        ([3, 5], 2, {}),
        ([3, 4], [1, 2], {}),
        ([3, 4], [2, 3], {"stride": 1}),
        ([2, 3, 3], 2, {"stride": [1, 2]}),
        ([1, 2, 2, 4], 2, {}),
        ([2, 2], 1, {}),
    ]
    cases = []
    for op in ("maxPool2d", "meanPool2d"):
        for shape, size, options in calls:
            name = f"{shown(shape)}, size {size}, {options}"
            cases.append(Case(op, name, (draw(op, name, shape), size), options))
        x = draw(op, "f32", [4, 4]).astype(np.float32)
        cases.append(Case(op, "float32", (x, 2), dtype="float32", order=0))
    shared = "equal entries share the gradient, as those of max do"
    tie = np.array([[1.0, 3, 2, 2], [3, 0, 2, 2]])
    decided = Decided(shared, vjp=[[0, 0.5, 0.25, 0.25, 0.5, 0, 0.25, 0.25]])
    return cases + [Case("maxPool2d", "equal entries", (tie, 2), order=1, decided=decided)]


def cases() -> list[Case]:
    return windows() + convolutions() + pools()
