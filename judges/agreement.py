"""When two judges say the same."""

from __future__ import annotations

import numpy as np

from case import Case

#: How far the judges may be apart, relative to the larger entries.
AGREEMENT = {"float64": 1e-10, "float32": 2e-6}


class Disagreement(Exception):
    """The judges answer differently, and no decision says what is right."""


def agreement(part: str, case: Case, answers: dict[str, list[np.ndarray]]) -> list[np.ndarray]:
    """What the judges agree on."""
    first, *others = answers.values()
    for other in others:
        if not agree(part, case, first, other):
            said = "; ".join(
                f"{name} says {[a.tolist() for a in answer]}" for name, answer in answers.items()
            )
            raise Disagreement(f"on its {part}, {said}")
    return first


def agree(part: str, case: Case, one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    """Whether two answers are one; test/judges/fixtures.test.ts measures ours in the same way."""
    tolerance = AGREEMENT[case.dtype]
    for a, b in zip(one, other, strict=True):
        if a.shape != b.shape:
            return False
        slack = slack_of(part, case, b)
        if not np.allclose(a.astype(float), b.astype(float), rtol=tolerance, atol=slack, equal_nan=True):
            return False
    return True


def slack_of(part: str, case: Case, answer: np.ndarray) -> float:
    """The absolute error to allow for."""
    if not case.is_entrywise:
        # A sum of large terms that cancel has an error of their size.
        return AGREEMENT[case.dtype] / 100 * np.abs(answer[np.isfinite(answer)]).max(initial=1e-2)
    # An entry by itself has an error of its own size, save where a derivative takes the difference of two nearly equal
    # numbers, such as σ′ = y (1 − y) where y is nearly 1.
    return 0 if part == "value" else 1e-15
