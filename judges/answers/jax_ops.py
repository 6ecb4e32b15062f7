"""JAX's word for each op, under our name and with our arguments."""

from __future__ import annotations

import itertools

import jax
import jax.numpy as jnp

OPS: dict[str, object] = {
    name: getattr(jnp, name)
    for name in (
        "sinh cosh floor round square sqrt reciprocal exp log log1p expm1 sin cos tanh abs sign maximum minimum "
        "matmul dot outer kron einsum trace diag prod max min mean sum argmax argmin any all cumsum cumprod tril triu "
        "transpose take stack concat allclose"
    ).split()
} | {
    "asin": jnp.arcsin,
    "acos": jnp.arccos,
    "atan": jnp.arctan,
    "atan2": jnp.arctan2,
    "erf": jax.lax.erf,
    "silu": jax.nn.silu,
    "neg": jnp.negative,
    "add": jnp.add,
    "sub": jnp.subtract,
    "mul": jnp.multiply,
    "div": jnp.divide,
    "pow": jnp.power,
    "ge": jnp.greater_equal,
    "gt": jnp.greater,
    "le": jnp.less_equal,
    "lt": jnp.less,
    "eq": jnp.equal,
    "ne": jnp.not_equal,
    "sigmoid": jax.nn.sigmoid,
    "softplus": jax.nn.softplus,
    "softmax": jax.nn.softmax,
    "logSoftmax": jax.nn.log_softmax,
    "logsumexp": jax.nn.logsumexp,
    "broadcastTo": jnp.broadcast_to,
    "clamp": jnp.clip,
    "det": jnp.linalg.det,
    "inv": jnp.linalg.inv,
    "solve": jnp.linalg.solve,
}


def op(function):
    """Enters a function under its own name, without a trailing underscore."""
    OPS[function.__name__.rstrip("_")] = function
    return function


def tuples(options: dict) -> dict:
    """JAX wants several axes as a tuple."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}


@op
def relu(x, at0=0):
    return jax.nn.relu(x)


@op
def cast(x, dtype):
    return x.astype(dtype)


@op
def where(condition, x, y):
    return jnp.where(condition != 0, x, y)


@op
def variance(x, axis=None, keepdims=False, correction=0):
    return jnp.var(x, axis, correction=correction, keepdims=keepdims)


@op
def std(x, axis=None, keepdims=False, correction=0):
    return jnp.std(x, axis, correction=correction, keepdims=keepdims)


@op
def norm(x, axis=None, keepdims=False, ord=2):
    return jnp.linalg.vector_norm(x, axis=axis, keepdims=keepdims, ord=ord)


@op
def reshape(x, *shape):
    return jnp.reshape(x, shape)


@op
def flatten(x):
    return jnp.ravel(x)


@op
def squeeze(x, axis=None):
    return jnp.squeeze(x, tuple(axis) if isinstance(axis, list) else axis)


@op
def flip(x, axis=None):
    return jnp.flip(x, axis)


@op
def repeat(x, times, axis):
    return jnp.repeat(x, times, axis)


@op
def split(x, parts, axis):
    ends = parts if isinstance(parts, int) else list(itertools.accumulate(parts))[:-1]
    return jnp.concatenate([part.ravel() for part in jnp.split(x, ends, axis)])


@op
def slice_(x, *ranges):
    return x[tuple(r if isinstance(r, int) else slice(*r) if r is not None else slice(None) for r in ranges)]


@op
def at(x, *indices):
    return x[indices]


@op
def take(x, indices, axis):
    return jnp.take(x, indices.astype(int), axis)


@op
def gather(x, indices, axis):
    return jnp.take_along_axis(x, indices.astype(int), axis)


@op
def scatter(x, indices, values, axis):
    # One-hot along the axis, so that no rule of its own is asked for: y_ij = x_ij + Σ_k [indices_kj = i] values_kj
    places = jax.nn.one_hot(indices.astype(int), x.shape[axis], dtype=x.dtype)
    return x + jnp.moveaxis(jnp.sum(places * values[..., None], axis % x.ndim), -1, axis)


@op
def oneHot(indices, n):
    return jax.nn.one_hot(indices.astype(int), n)


@op
def crossEntropy(logits, target):
    logs = jax.nn.log_softmax(logits)
    if target.ndim < logits.ndim:
        return -jnp.mean(jnp.take_along_axis(logs, target.astype(int)[..., None], -1))
    return -jnp.mean(jnp.sum(target * logs, -1))


@op
def mse(x, y):
    return jnp.mean((x - y) ** 2)


@op
def binaryCrossEntropy(logits, target):
    # −t log σ(x) − (1 − t) log σ(−x), with log σ(x) = −softplus(−x)
    return jnp.mean(target * jax.nn.softplus(-logits) + (1 - target) * jax.nn.softplus(logits))

@op
def gelu(x):
    return x * jax.scipy.special.erfc(-x / 2**0.5) / 2

@op
def elu(x, alpha=1.0):
    return jax.nn.elu(x, alpha)

@op
def leakyRelu(x, slope=0.01):
    return jax.nn.leaky_relu(x, slope)

@op
def isFinite(x):
    return jnp.isfinite(x).astype(x.dtype)


def pair(value) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


def places(shape, size, stride, padding):
    """The rows and the columns that each window sees, of the padded matrix."""
    along = [
        jnp.arange((n + 2 * p - k) // s + 1)[:, None] * s + jnp.arange(k)
        for n, k, s, p in zip(shape[-2:], size, stride, padding)
    ]
    return along[0][:, None, :, None], along[1][None, :, None, :]


@op
def windows(x, size, stride=1, padding=0):
    size, stride, (p, q) = pair(size), pair(stride), pair(padding)
    padded = jnp.pad(x, [(0, 0)] * (x.ndim - 2) + [(p, p), (q, q)])
    return padded[(..., *places(x.shape, size, stride, (p, q)))]


@op
def overlapAdd(y, to, stride=1, padding=0):
    to, stride, (p, q) = pair(to), pair(stride), pair(padding)
    padded = jnp.zeros((*y.shape[:-4], to[0] + 2 * p, to[1] + 2 * q), y.dtype)
    added = padded.at[(..., *places(to, y.shape[-2:], stride, (p, q)))].add(y)
    return added[..., p : p + to[0], q : q + to[1]]


@op
def conv2d(x, w, stride=1, padding=0):
    if x.ndim == 2:
        return conv2d(x[None], w[None, None], stride, padding)[0]
    if x.ndim == 3:
        return conv2d(x[None], w, stride, padding)[0]
    return jax.lax.conv_general_dilated(x, w, pair(stride), [(p, p) for p in pair(padding)])


def pooled(x, size, stride, start, fold):
    ones = (1,) * (x.ndim - 2)
    return jax.lax.reduce_window(x, start, fold, ones + pair(size), ones + pair(stride or size), "VALID")


@op
def maxPool2d(x, size, stride=None):
    return pooled(x, size, stride, -jnp.inf, jax.lax.max)


@op
def meanPool2d(x, size, stride=None):
    k, l = pair(size)
    return pooled(x, size, stride, 0.0, jax.lax.add) / (k * l)
