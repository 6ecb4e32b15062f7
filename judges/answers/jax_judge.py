"""JAX answers a case."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from answers.jax_ops import OPS, tuples
from case import Case

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

VERSION = jax.__version__


def value(case: Case) -> np.ndarray:
    return np.asarray(function_of(case)(*case.tensors()))


def vjp(case: Case, cotangent: np.ndarray) -> list[np.ndarray]:
    y, pullback = jax.vjp(function_of(case), *case.tensors())
    return [np.asarray(dx) for dx in pullback(jnp.asarray(cotangent, y.dtype))]


def jacobian(case: Case) -> list[np.ndarray]:
    """One matrix per argument, of shape [size of y, size of x]."""
    x = case.tensors()
    blocks = jax.jacrev(function_of(case), argnums=tuple(range(len(x))))(*x)
    return [np.asarray(block).reshape(-1, xi.size) for block, xi in zip(blocks, x)]


def hessian(case: Case, cotangent: np.ndarray) -> list[list[np.ndarray]]:
    """The second derivatives of ⟨cotangent, y⟩: a matrix per pair of arguments."""
    x = case.tensors()
    scalar = lambda *x: jnp.sum(function_of(case)(*x) * cotangent)
    blocks = jax.jacrev(jax.grad(scalar, argnums=tuple(range(len(x)))), argnums=tuple(range(len(x))))(*x)
    return [[np.asarray(b).reshape(xi.size, xj.size) for b, xj in zip(row, x)] for row, xi in zip(blocks, x)]


def function_of(case: Case) -> Callable:
    """The op as a function of the differentiated arguments alone."""
    return lambda *tensors: jnp.asarray(
        OPS[case.op](
            *tuples_in(case.with_tensors([jnp.asarray(x) for x in tensors], jnp.asarray)),
            **tuples(case.options),
        )
    )


def tuples_in(args: tuple) -> tuple:
    """A list of numbers, such as a shape, as a tuple; a list of tensors or of ranges stays."""
    return tuple(tuple(a) if isinstance(a, list) and all(isinstance(n, int) for n in a) else a for a in args)
