"""The form of a fixture file: JSON, a case a line, every number in the fewest digits that read back the same."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from case import Case, Constant


def line(case: Case, **found: Any) -> str:
    """A case and what was found for it, as one line of JSON."""
    head: dict[str, Any] = {"op": case.op, "id": case.id, "args": [argument(a) for a in case.args]}
    if case.options:
        head["options"] = {key: plain(value) for key, value in case.options.items()}
    if case.dtype != "float64":
        head["dtype"] = case.dtype
    if case.is_entrywise:
        head["entrywise"] = True
    return json.dumps(
        head | {key: answer(value) for key, value in found.items()}, separators=(",", ":"), ensure_ascii=False
    )


def argument(arg: Any) -> Any:
    """A tensor as its shape and entries, marked when it is not differentiated; all else as it stands."""
    if isinstance(arg, Constant):
        return {"shape": list(arg.data.shape), "data": entries(arg.data), "constant": True}
    if isinstance(arg, np.ndarray):
        return answer(arg)
    if isinstance(arg, list):
        return [argument(a) for a in arg]
    return plain(arg)


def answer(found: Any) -> Any:
    """Arrays as tensors, in lists of lists as they come."""
    if isinstance(found, np.ndarray):
        return {"shape": list(found.shape), "data": entries(found)}
    if isinstance(found, (list, tuple)):
        return [answer(f) for f in found]
    return found


def entries(array: np.ndarray) -> list[Any]:
    return [plain(shortest(x)) for x in array.ravel()]


def shortest(x: np.generic) -> float:
    """The number of the fewest digits that reads back as x in x's own number type."""
    return float(str(x)) if isinstance(x, np.float32) else float(x)


def plain(x: Any) -> Any:
    """JSON has no NaN and no infinities: they are strings. A whole number needs no point, except −0."""
    if isinstance(x, float):
        if math.isnan(x):
            return "NaN"
        if math.isinf(x):
            return "Infinity" if x > 0 else "-Infinity"
        if x.is_integer() and abs(x) < 1e15 and not (x == 0 and math.copysign(1, x) < 0):
            return int(x)
    return x


def write_file(path: Path, judges: dict[str, str], lines: list[str]) -> None:
    """A header with the judges' versions, then the cases."""
    cases = ",\n".join(lines)
    path.write_text(f'{{"judges":{json.dumps(judges)},"cases":[\n{cases}\n]}}\n', encoding="utf8")
