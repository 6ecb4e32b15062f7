"""Parameters of papermill in TypeScript: `papermill in.ipynb out.ipynb -p rate 0.1`.

papermill asks packages for engines, and for nothing else, when it is imported. So this package gives it the engine that
it has already, under another name, and tells it on the way how parameters are written in TypeScript.
"""

import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import papermill_translators

__all__ = ["NBClientEngine", "TypeScriptTranslator"]

# `const rate: number = 0.1; // how far a step goes`
DECLARATION = re.compile(
    r"^\s*(?:export\s+)?(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*="
    r"\s*(?P<value>.*?)\s*;?\s*(?://\s*(?P<help>.*))?$"
)


class TypeScriptTranslator:
    """Writes parameters as a cell, and reads them from one."""

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        lines = [f"let {name} = {written(value)};" for name, value in parameters.items()]
        return "\n".join([f"// {comment}", *lines, ""])

    @classmethod
    def inspect(cls, parameters_cell):
        found = (DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [
            Parameter(
                name=each["name"],
                inferred_type_name=each["type"] or "None",
                default=each["value"],
                help=each["help"] or "",
            )
            for each in found
            if each
        ]


def written(value):
    """A value as TypeScript has it."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(str(key))}: {written(each)}" for key, each in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written(each) for each in value) + "]"
    if value is None or isinstance(value, (bool, int, float, str)):
        return json.dumps(value)
    return json.dumps(str(value))


papermill_translators.register("typescript", TypeScriptTranslator)
