"""Ops that lay entries out anew: they move, repeat, pick and join."""

import numpy as np

from case import Case, Constant, draw, shown


def cases() -> list[Case]:
    x23, x213 = draw("layout", "a", [2, 3]), draw("layout", "b", [2, 1, 3])
    x234, x0 = draw("layout", "c", [2, 3, 4]), draw("layout", "d", [0, 3])
    vector, number = draw("layout", "e", [3]), draw("layout", "f", [])
    another = draw("layout", "i", [])
    cases = [
        Case("transpose", "2x3", (x23,)),
        Case("transpose", "1x1", (draw("t", "1", [1, 1]),)),
        Case("transpose", "0x3", (x0,)),
        Case("transpose", "2x3x4", (x234,)),
        Case("transpose", "3", (vector,)),
        Case("transpose", "scalar", (number,)),
        Case("transpose", "2x3x4, axes 1 -1 0", (x234, [1, -1, 0])),
        Case("transpose", "2x1x3, axes 2 0 1", (x213, [2, 0, 1])),
        Case("transpose", "2x1x2x2, axes 3 0 2 1", (draw("t", "4", [2, 1, 2, 2]), [3, 0, 2, 1])),
    ]
    for x, shape in [
        (x23, [3, 2]),
        (x23, [6]),
        (x23, [-1]),
        (x213, [3, -1]),
        (number, [1, 1]),
        (draw("r", "1", [1]), []),
        (x0, [3, 0]),
        (x234, [4, 1, 6]),
    ]:
        cases.append(Case("reshape", f"{shown(x.shape)} to {shown(shape)}", (x, *shape)))
    cases += [Case("flatten", shown(x.shape), (x,)) for x in (x23, x213, number, vector, x0)]
    for x, axis in [
        (x213, []),
        (x213, [1]),
        (x213, [-2]),
        (draw("s", "1", [1, 3, 1]), []),
        (draw("s", "1", [1, 3, 1]), [[0, 2]]),
        (draw("s", "1", [1, 3, 1]), [0]),
        (draw("s", "2", [1, 1]), []),
        (number, []),
    ]:
        cases.append(Case("squeeze", f"{shown(x.shape)}, axis {axis}", (x, *axis)))
    for x, shape in [
        (vector, [2, 3]),
        (number, [2, 2]),
        (x213, [2, 4, 3]),
        (draw("b", "1", [1, 3]), [2, 1, 3]),
        (x23, [2, 3]),
        (draw("b", "2", [1]), [0]),
        (number, []),
    ]:
        cases.append(Case("broadcastTo", f"{shown(x.shape)} to {shown(shape)}", (x, shape)))
    for x, ranges in [
        (x23, [1, None]),
        (x23, [[0, 1], None]),
        (x23, [None, [1, 3]]),
        (x23, [-1]),
        (x23, [None, [0, -1]]),
        (x23, [1, 2]),
        (x23, [0, [0, 2]]),
        (x23, [[1, 1], None]),
        (x234, [None, 2, [1, 3]]),
        (vector, [[0, 2]]),
        (vector, [2]),
        (x213, [1, 0, None]),
    ]:
        cases.append(Case("slice", f"{shown(x.shape)} by {ranges}", (x, *ranges)))
    for x, indices in [(x23, [1, 2]), (x23, [-1, -3]), (x23, [1]), (x234, [-1, 0]), (vector, [2]), (number, [])]:
        cases.append(Case("at", f"{shown(x.shape)} at {indices}", (x, *indices)))
    for x, indices, axis in [
        (x23, [1, 0, 1], 0),
        (x23, [2, 2], 1),
        (x23, [0], -1),
        (vector, [2, 0, 0, 1], 0),
        (x234, [1, 3], 2),
        (x213, [0, 0], 1),
        (x23, [], 0),
        (x23, [[1, 0], [0, 0], [1, 1]], 0),
        (x23, [[2, 0]], -1),
        (x213, [[[1]], [[0]]], 0),
        (vector, 2, 0),
        (x234, 0, 1),
    ]:
        taken = Constant(np.array(indices, dtype=float))
        cases.append(Case("take", f"{shown(x.shape)} at {indices}, axis {axis}", (x, taken), {"axis": axis}))
    for x, axis in [
        (x23, {}),
        (x23, {"axis": 0}),
        (x23, {"axis": -1}),
        (x234, {"axis": [0, 2]}),
        (vector, {}),
        (number, {}),
        (x0, {"axis": 0}),
    ]:
        cases.append(Case("flip", f"{shown(x.shape)}, {axis}", (x,), axis))
    for x, times, axis in [
        (x23, 2, 0),
        (x23, 3, -1),
        (x213, 2, 1),
        (vector, 1, 0),
        (vector, 0, 0),
        (x0, 2, 1),
    ]:
        cases.append(Case("repeat", f"{shown(x.shape)}, {times} times, axis {axis}", (x, times), {"axis": axis}))
    outside = np.array([[1.0, np.inf, -2], [np.nan, 3, np.nan], [np.nan, -np.inf, 4]])
    for op in ("tril", "triu"):
        for x, k in [(x23, 0), (x23, 1), (x23, -1), (x23, 5), (x234, 0), (x213, 0), (x0, 0)]:
            cases.append(Case(op, f"{shown(x.shape)}, k {k}", (x, k)))
        cases.append(Case(op, "∞ and NaN on either side", (outside,), order=1))
    for x, indices, axis in [
        (x23, [[1, 0, 1]], 0),
        (x23, [[2, 2, 0, 1], [0, 0, 0, 0]], 1),
        (vector, [2, 0, 0, 1], 0),
        (x213, [[[0, 1, 1]], [[2, 2, 2]]], -1),
        (x234, [[[0, 1, 0, 1]] * 3] * 3, 0),
    ]:
        at = Constant(np.array(indices, dtype=float))
        name = f"{shown(x.shape)} at {indices}, axis {axis}"
        cases.append(Case("gather", name, (x, at), {"axis": axis}))
        cases.append(Case("scatter", name, (x, at, draw("scatter", name, at.data.shape)), {"axis": axis}))
    for indices, n in [([0, 2, 1], 3), ([1], 1 + 1), ([[0, 1], [3, 0]], 4), (1, 3)]:
        cases.append(
            Case("oneHot", f"{indices} of {n}", (Constant(np.array(indices, dtype=float)), n), order=0)
        )
    for dtype in ("float64", "float32"):
        single = draw("cast", dtype, [2, 3]).astype(dtype)
        cases.append(Case("cast", f"2x3 to {dtype}", (single, dtype), dtype=dtype, order=0))
    y13, y21 = draw("layout", "g", [1, 3]), draw("layout", "h", [2, 1])
    for parts, axis in [
        ([x23, y13], 0),
        ([x23, y21, x23 + 1], 1),
        ([vector, vector * 2], 0),
        ([x213, x213 - 1], -1),
        ([x0, y13], 0),
        ([x23], 1),
    ]:
        cases.append(
            Case("concat", f"{shown(*(p.shape for p in parts))}, axis {axis}", (list(parts),), {"axis": axis})
        )
    for x, parts, axis in [
        (x23, 2, 0),
        (x23, 3, -1),
        (x23, [1, 2], 1),
        (x234, [1, 0, 3], 2),
        (x234, 2, 2),
        (vector, 1, 0),
    ]:
        cases.append(Case("split", f"{shown(x.shape)}, {parts}, axis {axis}", (x, parts), {"axis": axis}))
    for parts, axis in [
        ([x23, x23 * 2], 0),
        ([x23, x23 + 1, -x23], 1),
        ([x23, x23 - 1], -1),
        ([number, another], 0),
        ([vector], 1),
        ([vector, -vector], 1),
    ]:
        cases.append(
            Case("stack", f"{shown(*(p.shape for p in parts))}, axis {axis}", (list(parts),), {"axis": axis})
        )
    for shape in ([3], [1], [2, 2], [1, 1], [3, 3]):
        cases.append(Case("diag", shown(shape), (draw("diag", "x", shape),)))
    return cases
