"""PyTorch's word for each op, under our name and with our arguments."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

OPS: dict[str, object] = {
    name: getattr(torch, name)
    for name in (
        "asin acos atan sinh cosh floor round neg square sqrt reciprocal exp log log1p expm1 sin cos tanh sigmoid abs "
        "sign ge gt le lt eq ne matmul dot outer kron einsum det trace diag tril triu"
    ).split()
}


def op(function):
    """Enters a function under its own name, without a trailing underscore."""
    OPS[function.__name__.rstrip("_")] = function
    return function


def as_tensor(x) -> Tensor:
    return x if isinstance(x, Tensor) else torch.tensor(x, dtype=torch.float64)


def of_numbers_too(function):
    """Ours take a number on either side, torch's do not."""
    return lambda x, y: function(as_tensor(x), as_tensor(y))


OPS |= {name: of_numbers_too(getattr(torch, name)) for name in "add sub mul div atan2 maximum minimum".split()}


@op
def relu(x, at0=0):
    return torch.relu(x)


@op
def softplus(x):
    # Beyond its default threshold of 20, F.softplus answers x, which is wrong in the ninth digit.
    return torch.logaddexp(x, torch.zeros_like(x))


@op
def pow(x, y):
    return torch.pow(x, y)


@op
def clamp(x, low, high):
    return torch.clamp(x, low, high)


@op
def where(condition, x, y):
    return torch.where(condition != 0, x, as_tensor(y))


@op
def allclose(x, y, rtol=1e-5, atol=1e-8):
    return torch.tensor(float(torch.allclose(x, y, rtol=rtol, atol=atol)))


def axes_of(x: Tensor, axis) -> list[int]:
    """The axes as a list, counted from 0; all when `axis` is None."""
    chosen = range(x.dim()) if axis is None else [axis] if isinstance(axis, int) else axis
    return sorted(a % x.dim() for a in chosen)


@op
def sum(x, axis=None, keepdims=False):
    return torch.sum(x, axes_of(x, axis), keepdim=keepdims)


@op
def mean(x, axis=None, keepdims=False):
    return torch.mean(x, axes_of(x, axis), keepdim=keepdims)


@op
def max(x, axis=None, keepdims=False):
    return torch.amax(x, axes_of(x, axis), keepdim=keepdims)


@op
def min(x, axis=None, keepdims=False):
    return torch.amin(x, axes_of(x, axis), keepdim=keepdims)


@op
def prod(x, axis=None, keepdims=False):
    for a in reversed(axes_of(x, axis)):
        x = torch.prod(x, a, keepdim=keepdims)
    return x


@op
def variance(x, axis=None, keepdims=False, correction=0):
    return torch.var(x, axes_of(x, axis), correction=correction, keepdim=keepdims)


@op
def std(x, axis=None, keepdims=False, correction=0):
    return torch.std(x, axes_of(x, axis), correction=correction, keepdim=keepdims)


@op
def norm(x, axis=None, keepdims=False, ord=2):
    return torch.linalg.vector_norm(x, ord, axes_of(x, axis), keepdim=keepdims)


@op
def logsumexp(x, axis=None, keepdims=False):
    return torch.logsumexp(x, axes_of(x, axis), keepdim=keepdims)


@op
def argmax(x, axis=None, keepdims=False):
    return torch.argmax(x, axis, keepdim=keepdims)


@op
def argmin(x, axis=None, keepdims=False):
    return torch.argmin(x, axis, keepdim=keepdims)


@op
def any(x, axis=None, keepdims=False):
    return torch.any(x, axes_of(x, axis), keepdim=keepdims)


@op
def all(x, axis=None, keepdims=False):
    return torch.all(x, axes_of(x, axis), keepdim=keepdims)


@op
def cumsum(x, axis):
    return torch.cumsum(x, axis)


@op
def cumprod(x, axis):
    return torch.cumprod(x, axis)


@op
def transpose(x, axes=None):
    return x.permute(list(reversed(range(x.dim()))) if axes is None else axes)


@op
def reshape(x, *shape):
    return x.reshape(shape)


@op
def broadcastTo(x, shape):
    return x.broadcast_to(shape)


@op
def flatten(x):
    return torch.flatten(x)


@op
def squeeze(x, axis=None):
    return torch.squeeze(x) if axis is None else torch.squeeze(x, axis if isinstance(axis, int) else tuple(axis))


@op
def flip(x, axis=None):
    return torch.flip(x, axes_of(x, axis))


@op
def repeat(x, times, axis):
    return torch.repeat_interleave(x, times, axis)


@op
def split(x, parts, axis):
    sizes = x.shape[axis] // parts if isinstance(parts, int) else parts
    return torch.cat([part.reshape(-1) for part in torch.split(x, sizes, axis)])


@op
def slice_(x, *ranges):
    return x[tuple(r if isinstance(r, int) else slice(*r) if r is not None else slice(None) for r in ranges)]


@op
def at(x, *indices):
    return x[indices]


@op
def take(x, indices, axis):
    axis = axis % x.dim()
    picked = torch.index_select(x, axis, indices.long().reshape(-1))
    return picked.reshape((*x.shape[:axis], *indices.shape, *x.shape[axis + 1 :]))


@op
def gather(x, indices, axis):
    return torch.gather(x, axis, indices.long())


@op
def scatter(x, indices, values, axis):
    return torch.scatter_add(x, axis, indices.long(), values)


@op
def oneHot(indices, n):
    return F.one_hot(indices.long(), n)


@op
def cast(x, dtype):
    return x.to(getattr(torch, dtype))


@op
def concat(parts, axis):
    return torch.cat(parts, axis)


@op
def stack(parts, axis):
    return torch.stack(parts, axis)


@op
def inv(x):
    return torch.linalg.inv(x)


@op
def solve(a, b):
    return torch.linalg.solve(a, b)


@op
def softmax(x):
    return torch.softmax(x, -1)


@op
def logSoftmax(x):
    return torch.log_softmax(x, -1)


@op
def crossEntropy(logits, target):
    # Torch looks for classes along axis 1: rows are put one under another, so that it is the last.
    rows = logits.reshape(-1, logits.shape[-1])
    return F.cross_entropy(
        rows, target.reshape(rows.shape) if target.dim() == logits.dim() else target.long().reshape(-1)
    )


@op
def mse(x, y):
    return F.mse_loss(x, y)


@op
def binaryCrossEntropy(logits, target):
    return F.binary_cross_entropy_with_logits(logits, target)

OPS["erf"] = torch.special.erf

@op
def gelu(x):
    # torch's own loses the tail of the negative side to 1 + erf.
    return torch.where(x < 0, x * torch.special.erfc(-x / 2**0.5) / 2, F.gelu(x))

OPS["silu"] = F.silu

@op
def elu(x, alpha=1.0):
    # F.elu subtracts 1 from an exponential, and loses what is near 0.
    return torch.where(x > 0, x, alpha * torch.expm1(torch.minimum(x, torch.zeros_like(x))))

@op
def leakyRelu(x, slope=0.01):
    return F.leaky_relu(x, slope)

@op
def isFinite(x):
    return torch.isfinite(x).to(x.dtype)


def pair(value) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


@op
def windows(x, size, stride=1, padding=0):
    (k, l), (s, t), (p, q) = pair(size), pair(stride), pair(padding)
    return F.pad(x, (q, q, p, p)).unfold(-2, k, s).unfold(-2, l, t)


@op
def overlapAdd(y, to, stride=1, padding=0):
    *batch, a, b, k, l = y.shape
    columns = y.reshape(1, -1, a * b, k * l).transpose(2, 3).reshape(1, -1, a * b)
    added = F.fold(columns, pair(to), (k, l), stride=pair(stride), padding=pair(padding))
    return added.reshape(*batch, *pair(to))


@op
def conv2d(x, w, stride=1, padding=0):
    if x.dim() == 2:
        return conv2d(x[None], w[None, None], stride, padding)[0]
    return F.conv2d(x, w, stride=pair(stride), padding=pair(padding))


def pooled(pool):
    def answer(x, size, stride=None):
        batch = x.shape[:-2]
        y = pool(x.reshape(-1, *x.shape[-2:]), pair(size), pair(size if stride is None else stride))
        return y.reshape(*batch, *y.shape[-2:])

    return answer


OPS |= {"maxPool2d": pooled(F.max_pool2d), "meanPool2d": pooled(F.avg_pool2d)}
