"""A question to the judges: one call of one op, with everything it is called with."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Shape = Sequence[int]

ENTRYWISE = set(
    "asin acos atan atan2 sinh cosh erf gelu silu elu leakyRelu floor round neg square sqrt reciprocal exp log log1p expm1 sin cos tanh sigmoid relu softplus abs sign "
    "add sub mul div pow maximum minimum clamp where ge gt le lt eq ne".split()
)


@dataclass(frozen=True)
class Constant:
    """A tensor argument that is not differentiated: a condition, class indices."""

    data: np.ndarray


@dataclass(frozen=True)
class Decided:
    """The gradient that Gradbook gives where the judges disagree with each other or with its semantics table.

    It is asked for with a cotangent of ones, so that it can be read: one list of entries per differentiated argument.
    """

    reason: str
    vjp: list[list[float]]


@dataclass(frozen=True)
class Case:
    """One call. Arrays among `args` are tensors to differentiate; all else stands as the call has it."""

    op: str
    id: str
    args: tuple[Any, ...]
    options: dict[str, Any] = field(default_factory=dict)
    #: Derivatives to ask for: 0 none, 1 the vjp, 2 the Jacobian and the Hessian too, where they are small.
    order: int = 2
    dtype: str = "float64"
    decided: Decided | None = None
    #: Leaves a judge out, with the reason: {"torch": "has no …"}.
    silent: dict[str, str] = field(default_factory=dict)

    @property
    def is_entrywise(self) -> bool:
        """Whether each entry of the result comes from one entry of each argument, without a sum that may cancel."""
        return self.op in ENTRYWISE and len({x.shape for x in self.tensors()}) == 1

    def tensors(self) -> list[np.ndarray]:
        """The differentiated arguments, in the order of appearance."""
        return [
            x
            for arg in self.args
            for x in (arg if isinstance(arg, list) else [arg])
            if isinstance(x, np.ndarray)
        ]

    def with_tensors(self, tensors: Sequence[Any], constant: Any) -> tuple[Any, ...]:
        """The arguments with `tensors` in the places of the differentiated ones; `constant` makes the others."""
        rest = iter(tensors)

        def fill(arg: Any) -> Any:
            if isinstance(arg, np.ndarray):
                return next(rest)
            if isinstance(arg, Constant):
                return constant(arg.data)
            if isinstance(arg, list) and any(isinstance(x, np.ndarray) for x in arg):
                return [fill(x) for x in arg]
            return arg

        return tuple(fill(arg) for arg in self.args)


def draw(op: str, id: str, shape: Shape, low: float = -2, high: float = 2) -> np.ndarray:
    """Random entries with three decimals, the same on every run for the same question."""
    seed = zlib.crc32(f"{op} {id} {list(shape)}".encode())
    return np.asarray(np.random.default_rng(seed).uniform(low, high, tuple(shape)).round(3))


def shown(*shapes: Shape) -> str:
    """Shapes as they stand in a case's name: `2x3,scalar`."""
    return ",".join("x".join(map(str, shape)) or "scalar" for shape in shapes)
