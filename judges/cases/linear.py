"""Products, determinants, inverses; matrices that need pivots, and singular ones."""

import numpy as np

from case import Case, Decided, draw, shown


def products() -> list[Case]:
    pairs = {
        "matmul": [
            ([2, 3], [3, 2]),
            ([1, 1], [1, 1]),
            ([1, 3], [3, 1]),
            ([3, 1], [1, 2]),
            ([2, 3], [3, 4]),
            ([3], [3]),
            ([2, 3], [3]),
            ([3], [3, 2]),
            ([4, 2, 3], [3, 2]),
            ([2, 3], [4, 3, 1]),
            ([2, 1, 2, 3], [3, 3, 2]),
            ([1, 2, 3], [4, 3, 2]),
            ([2, 2, 3], [3]),
            ([2, 0], [0, 3]),
            ([0, 3], [3, 2]),
            ([8, 9], [9, 7]),
        ],
        "dot": [([3], [3]), ([1], [1]), ([0], [0]), ([7], [7])],
        "outer": [([2], [3]), ([1], [1]), ([3], [1]), ([0], [2])],
        "kron": [([2, 2], [1, 2]), ([1, 1], [2, 3]), ([2, 1], [1, 2]), ([2, 3], [3, 2])],
    }
    cases = []
    for op, shapes in pairs.items():
        for a, b in shapes:
            cases.append(Case(op, shown(a, b), (draw(op, f"{a} {b} 0", a), draw(op, f"{a} {b} 1", b))))
        a, b = shapes[0]
        x, y = (draw(op, f"f32 {i}", s).astype(np.float32) for i, s in enumerate((a, b)))
        cases.append(Case(op, "float32", (x, y), dtype="float32", order=0))
    cases.append(
        Case("matmul", "extremes", (np.array([[1e200, 1.0]]), np.array([[1e100], [-1e200]])), order=1)
    )
    return cases


def sums_of_products() -> list[Case]:
    calls = [
        ("ij,jk->ik", [2, 3], [3, 4]),
        ("ij,jk", [2, 3], [3, 2]),
        ("ji", [2, 3]),
        ("ij->", [2, 3]),
        ("ii->i", [3, 3]),
        ("ii", [3, 3]),
        ("bij,bjk->bik", [2, 2, 3], [2, 3, 2]),
        ("i,i->", [3], [3]),
        ("i,j->ji", [2], [3]),
        ("ij,kl->k", [2, 3], [2, 2]),
        ("iij,bj->bi", [2, 2, 3], [2, 3]),
        (",ij->ji", [], [2, 3]),
        ("i,ij,j->", [2], [2, 3], [3]),
        ("ab,bc,cd,de->ae", [2, 2], [2, 3], [3, 2], [2, 2]),
        ("ij,jk->ik", [2, 0], [0, 3]),
    ]
    return [
        Case("einsum", f"{indices} of {shown(*shapes)}", (indices, *(draw("einsum", f"{i}", s) for i, s in enumerate(shapes))))
        for indices, *shapes in calls
    ]


def regular(name: str, n: int) -> np.ndarray:
    """A matrix far from singular: random, with a dominant diagonal of mixed signs."""
    return draw("regular", name, [n, n], -1, 1) + np.diag([(-1) ** i * (n + 0.5 * i) for i in range(n)])


def matrices() -> list[Case]:
    cases = []
    for n in (1, 2, 3, 4, 6, 9):
        cases.append(Case("det", f"{n}x{n}", (regular("det", n),)))
        cases.append(Case("inv", f"{n}x{n}", (regular("inv", n),)))
        cases.append(Case("trace", f"{n}x{n}", (draw("trace", "x", [n, n]),)))
    for a, b in [
        ([1, 1], [1, 1]),
        ([2, 2], [2, 1]),
        ([2, 2], [2, 3]),
        ([2, 2], [2]),
        ([3, 3], [3, 2]),
        ([4, 4], [4]),
        ([5, 5], [5, 3]),
    ]:
        cases.append(Case("solve", shown(a, b), (regular(f"solve {b}", a[0]), draw("solve", "b", b))))
    swap = np.array([[0.0, 1.0], [1.0, 0.0]])
    cyclic = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, -3.0], [0.5, 0.0, 0.0]])
    for name, pivots in (("swap", swap), ("cyclic", cyclic)):
        cases += [
            Case("det", f"needs pivots, {name}", (pivots,)),
            Case("inv", f"needs pivots, {name}", (pivots,)),
        ]
        cases.append(Case("solve", f"needs pivots, {name}", (pivots, draw("solve", name, [len(pivots)]))))
    hilbert = np.array([[1 / (i + j + 1) for j in range(3)] for i in range(3)])
    for op, arguments in [
        ("det", (hilbert,)),
        ("inv", (hilbert,)),
        ("solve", (hilbert, np.array([1.0, 2, 3]))),
    ]:
        cases.append(Case(op, "Hilbert's matrix", arguments, order=1))
    cases.append(Case("det", "triangular", (np.triu(regular("upper", 3)),)))
    cases.append(Case("det", "scaled", (regular("det", 3) * 1e60,), order=1))
    for op, arguments in [
        ("det", (regular("f", 3),)),
        ("inv", (regular("f", 3),)),
        ("solve", (regular("f", 3), draw("solve", "f", [3]))),
    ]:
        cases.append(
            Case(op, "float32", tuple(x.astype(np.float32) for x in arguments), dtype="float32", order=0)
        )

    wrong = {"torch": "answers a gradient of 0 at a singular matrix"}
    for name, singular in [
        ("rank 1 of 2", [[1.0, 2], [2, 4]]),
        ("rank 2 of 3", [[1.0, 2, 0], [0, 1, 1], [1, 3, 1]]),
        ("rank 0", [[0.0, 0], [0, 0]]),
    ]:
        cases.append(
            Case("det", f"singular, {name}, to the second order", (np.array(singular),), silent=wrong)
        )
    cofactors = "the gradient of det at a singular matrix is its cofactor matrix"
    return cases + [
        Case(
            "det",
            "singular, rank 2 of 3",
            (np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]),),
            order=1,
            decided=Decided(cofactors, vjp=[[-3, 6, -3, 6, -12, 6, -3, 6, -3]]),
        ),
        Case(
            "det",
            "singular, rank 1 of 2",
            (np.array([[1.0, 2], [2, 4]]),),
            order=1,
            decided=Decided(cofactors, vjp=[[4, -2, -2, 1]]),
        ),
        Case(
            "det",
            "a row and a column of zeros",
            (np.array([[0.0, 0, 0], [0, 2, 1], [0, 1, 3]]),),
            order=1,
            decided=Decided(cofactors, vjp=[[5, 0, 0, 0, 0, 0, 0, 0, 0]]),
        ),
        Case("det", "singular, rank 1 of 3", (np.array([[1.0, 2, 3], [2, 4, 6], [3, 6, 9]]),), order=1),
        Case("det", "zeros", (np.zeros((2, 2)),), order=1),
        Case("det", "zero, 1x1", (np.zeros((1, 1)),), order=1),
    ]


def batches() -> list[Case]:
    """Axes before the last two, which broadcast in a solution."""
    several = lambda *shape: np.stack([regular(f"batch {k}", shape[-1]) for k in range(np.prod(shape[:-2], dtype=int))]).reshape(shape)
    cases = []
    for shape in ([2, 2, 2], [3, 1, 1], [2, 1, 3, 3], [1, 2, 2], [0, 2, 2]):
        cases += [Case(op, shown(shape), (several(*shape) if 0 not in shape else np.zeros(shape),)) for op in ("det", "inv")]
    for a, b in [([2, 2, 2], [2, 2, 3]), ([2, 2, 2], [2, 1]), ([2, 2], [3, 2, 1]), ([2, 1, 2, 2], [3, 2, 1]), ([2, 2, 2], [2])]:
        matrix = several(*a) if len(a) > 2 else regular("batch", a[0])
        cases.append(Case("solve", f"batch, {shown(a, b)}", (matrix, draw("solve", f"batch {a}", b))))
    some = np.stack([regular("batch", 3), np.array([[1.0, 2, 0], [0, 1, 1], [1, 3, 1]])])
    wrong = {"torch": "answers a gradient of 0 at a singular matrix"}
    return cases + [Case("det", "a batch with a singular matrix", (some,), silent=wrong)]


def cases() -> list[Case]:
    return products() + sums_of_products() + matrices() + batches()
