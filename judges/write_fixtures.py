"""Asks PyTorch and JAX every case, and writes what they agree on to test/judges/fixtures/.

With names of ops as arguments it asks about these alone, and keeps the other answers as they are.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from agreement import Disagreement, agree, agreement
from answers import jax_judge, torch_judge
from case import Case, draw
from cases import convolution, edges, elementwise, layouts, linear, losses, reductions
from fixture import line, write_file

JUDGES = {"torch": torch_judge, "jax": jax_judge}
FOLDER = Path(__file__).parent.parent / "test" / "judges" / "fixtures"

#: Jacobians of at most this many entries per argument are asked for, and Hessians of at most as many per pair.
SMALL = 81

#: Modules of cases; each has a file of fixtures of its own name.
GROUPS = (elementwise, edges, reductions, linear, layouts, losses, convolution)


def main() -> None:
    versions = {name: judge.VERSION for name, judge in JUDGES.items()}
    seen = Counter((case.op, case.id) for module in GROUPS for case in module.cases())
    problems = [f"{op}, {id}: named {count} times" for (op, id), count in seen.items() if count > 1]
    asked = set(sys.argv[1:])
    exceptions: list[str] = []
    known_exceptions = known("exceptions") if asked else {}
    for module in GROUPS:
        group = module.__name__.rpartition(".")[2]
        lines: list[str] = []
        answers = known(group) if asked else {}
        for case in module.cases():
            key = (case.op, case.id)
            if asked and case.op not in asked:
                lines.append(answers[key])
                exceptions += [known_exceptions[key]] if key in known_exceptions else []
                continue
            try:
                answered, decided = ask(case)
                lines.append(answered)
                exceptions += decided
            except Exception as problem:  # is a problem of that case, not of the rest
                problems.append(f"{case.op}, {case.id}: {type(problem).__name__}: {problem}")
        write_file(FOLDER / f"{group}.json", versions, lines)
        print(f"{group}: {len(lines)} cases")
    write_file(FOLDER / "exceptions.json", versions, exceptions)
    print(f"exceptions: {len(exceptions)} decisions")
    if problems:
        sys.exit("\n".join(problems))


def known(group: str) -> dict[tuple[str, str], str]:
    """The lines of a file of fixtures, by op and case; none of a new file."""
    file = FOLDER / f"{group}.json"
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf8").splitlines()[1:-1]
    found = [(json.loads(line.rstrip(",")), line.rstrip(",")) for line in lines]
    return {(case["op"], case["id"]): line for case, line in found}


def ask(case: Case) -> tuple[str, list[str]]:
    """The case with what the judges agree on, as a line; and the line of an exception, where there is one."""
    judges = {name: judge for name, judge in JUDGES.items() if name not in case.silent}
    found: dict[str, Any] = {"without": case.silent} if case.silent else {}
    found["value"] = agreement("value", case, {name: [judge.value(case)] for name, judge in judges.items()})
    if case.order == 0:
        return line(case, **found), []
    [y], sizes = found["value"], [x.size for x in case.tensors()]
    if case.decided is not None:
        ones = np.ones(y.shape)
        return line(case, **found), [
            exception(case, {name: judge.vjp(case, ones) for name, judge in judges.items()})
        ]
    cotangent = found["cotangent"] = draw(case.op, f"{case.id} cotangent", y.shape)
    found["vjp"] = agreement(
        "vjp", case, {name: judge.vjp(case, cotangent) for name, judge in judges.items()}
    )
    if case.order == 2 and min([y.size, *sizes]) > 0:
        if y.size * max(sizes) <= SMALL:
            found["jacobian"] = agreement(
                "jacobian", case, {n: judge.jacobian(case) for n, judge in judges.items()}
            )
        if sum(sizes) ** 2 <= SMALL:
            blocks = {
                n: [b for row in judge.hessian(case, cotangent) for b in row] for n, judge in judges.items()
            }
            found["hessian"] = agreement("hessian", case, blocks)
    return line(case, **found), []


def exception(case: Case, answers: dict[str, list[np.ndarray]]) -> str:
    """What was decided, beside what the judges say."""
    tensors = zip(case.decided.vjp, case.tensors(), strict=True)
    decided = [np.reshape(np.array(entries, float), x.shape) for entries, x in tensors]
    if all(agree("vjp", case, decided, answer) for answer in answers.values()):
        raise Disagreement("the decision is no exception: both judges answer the same")
    return line(case, reason=case.decided.reason, decided=decided, **answers)


if __name__ == "__main__":
    main()
