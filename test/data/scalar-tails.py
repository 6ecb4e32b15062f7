"""Writes scalar-tails.json: functions of activations and arcs to twice the digits of a double. Needs mpmath.

Run it as `python test/data/scalar-tails.py`; the seed is fixed, so the file only changes with this one.
"""

import json
import pathlib
import random
import struct

import mpmath

mpmath.mp.prec = 300
random.seed(7)


def float32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


points = []
for exponent in range(-30, 10):
    for sign in (1, -1):
        for k in range(6):
            x = sign * (1 + random.random()) * 2.0**exponent
            if abs(x) < 745:
                points.append(float32(x) if k % 2 else x)
points += [random.uniform(-40, 40) for _ in range(200)]
points += [random.uniform(-3, 3) for _ in range(150)]
points += [random.uniform(-745, -30) for _ in range(60)]


def doubled(value):
    if value is None:  # is outside of the domain, or of the range of a double
        return None
    high = float(value)
    return [high, float(value - mpmath.mpf(high))]


def table(f):
    return [doubled(f(mpmath.mpf(x))) for x in points]


content = {
    "x": points,
    "sigmoid": table(lambda x: 1 / (1 + mpmath.exp(-x))),
    "tanh": table(mpmath.tanh),
    "softplus": table(lambda x: mpmath.log1p(mpmath.exp(x))),
    "atan": table(mpmath.atan),
    "asin": table(lambda x: mpmath.asin(x) if abs(x) <= 1 else None),
    "sinh": table(lambda x: mpmath.sinh(x) if abs(x) < 700 else None),
    "cosh": table(lambda x: mpmath.cosh(x) if abs(x) < 700 else None),
    "erf": table(mpmath.erf),
    "gelu": table(lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2 if x > -37 else None),
}
path = pathlib.Path(__file__).with_suffix(".json")
lines = ",\n".join(f'  "{key}": {json.dumps(value)}' for key, value in content.items())
path.write_text("{\n" + lines + "\n}\n")
