"""The process of a rival in Python: prepares the work of a case, answers and is timed, as it is asked on stdin."""
import json
import sys
import time
import traceback

import numpy as np

package = __import__(sys.argv[1])
if sys.argv[1] == "torch":
    package.set_num_threads(1)
space = {}


def data(*shape, scale=1.0, dtype="float64"):
    """The numbers that every rival computes with: sin 1, sin 2, …"""
    size = int(np.prod(shape)) if shape else 1
    return (scale * np.sin(np.arange(1, size + 1, dtype=np.float64))).reshape(shape).astype(dtype)


def timed(seconds, is_wall):
    # Processor time of all threads of this process: what else the machine does is not counted.
    work, clock = space["work"], time.perf_counter if is_wall else time.process_time
    runs, batch, start = 0, 1, clock()
    while True:
        for _ in range(batch):
            work()
        runs += batch
        elapsed = clock() - start
        if elapsed >= seconds:
            return {"seconds": elapsed / runs, "runs": runs}
        left = runs if elapsed == 0 else int(runs * (seconds - elapsed) / elapsed)
        batch = max(1, min(4 * runs, left))


def answer_to(question):
    if "prepare" in question:
        space.clear()
        space.update(np=np, data=data, n=question["prepare"]["size"])
        exec(question["prepare"]["code"], space)
        space["work"]()
        answer = space["answer"]() if "answer" in space else None
        return {"version": package.__version__, "answer": None if answer is None else float(answer)}
    return timed(question["time"], question["isWall"])


for line in sys.stdin:
    try:
        reply = answer_to(json.loads(line))
    except Exception:
        reply = {"error": traceback.format_exc()}
    print("@" + json.dumps(reply), flush=True)
