"""PyTorch answers a case."""

from __future__ import annotations

import numpy as np
import torch

from answers.torch_ops import OPS
from case import Case

VERSION = torch.__version__


def value(case: Case) -> np.ndarray:
    return call(case, [torch.tensor(x) for x in case.tensors()]).numpy()


def vjp(case: Case, cotangent: np.ndarray) -> list[np.ndarray]:
    x = leaves(case)
    return [
        array(dx)
        for dx in torch.autograd.grad(call(case, x), x, torch.tensor(cotangent), materialize_grads=True)
    ]


def jacobian(case: Case) -> list[np.ndarray]:
    """One matrix per argument, of shape [size of y, size of x], row by row."""
    x = leaves(case)
    y = call(case, x)
    rows = [
        torch.autograd.grad(entry, x, retain_graph=True, materialize_grads=True)
        for entry in y.reshape(-1).unbind()
    ]
    return [np.stack([array(row[i]).ravel() for row in rows]) for i in range(len(x))]


def hessian(case: Case, cotangent: np.ndarray) -> list[list[np.ndarray]]:
    """The second derivatives of ⟨cotangent, y⟩: a matrix per pair of arguments."""
    x = leaves(case)
    weight = torch.tensor(cotangent)
    first = torch.autograd.grad((call(case, x) * weight).sum(), x, create_graph=True, materialize_grads=True)
    return [
        [np.stack([gradient_of(entry, xj) for entry in dx.reshape(-1).unbind()]) for xj in x] for dx in first
    ]


def gradient_of(entry: torch.Tensor, x: torch.Tensor) -> np.ndarray:
    if not entry.requires_grad:
        return np.zeros(x.numel())
    return array(torch.autograd.grad(entry, x, retain_graph=True, materialize_grads=True)[0]).ravel()


def leaves(case: Case) -> list[torch.Tensor]:
    return [torch.tensor(x, requires_grad=True) for x in case.tensors()]


def call(case: Case, tensors: list[torch.Tensor]) -> torch.Tensor:
    return OPS[case.op](*case.with_tensors(tensors, torch.tensor), **case.options)


def array(x: torch.Tensor) -> np.ndarray:
    # Forced, as a derivative that is 0 everywhere comes as a tensor without entries.
    return x.numpy(force=True)
