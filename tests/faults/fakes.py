"""A solver without a model: a task's id says what happens to whoever solves it.

`slow-…` takes its time, `raise-…` raises, `segv-…` reads where nothing is, `kill-…` is killed as the system kills when
memory runs out, `fit-…` too but for the lower rungs, `exit-…` ends its process, `cuda-…` loses the device for all tasks
after it, `hang-…` never comes back, `bar-…` shows a bar of tqdm's. All others are answered after some milliseconds, the
same way each time.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import resource
import signal
import time
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.errors import ModelError
from arc_ttt.types import Candidate, Grid, Prediction, Result, Task

STEP = 0.01  # seconds between two looks at the clock


@dataclass
class Fake:
    """See the module."""

    lost: bool = False

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        kind = task.id.partition("-")[0]
        if kind == "cuda" or self.lost:
            self.lost = True
            raise RuntimeError("CUDA error: device-side assert triggered")
        if kind == "raise":
            raise RuntimeError("the fault\nof two lines")
        if kind == "segv":
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            ctypes.string_at(0)
        if kind == "kill" or (kind == "fit" and effort.rung < 2):
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "exit":
            os._exit(3)
        if kind == "hang":
            time.sleep(3600)
        if kind == "bar":
            list(tqdm(range(1), disable=True))
        begun = time.monotonic()
        number = int.from_bytes(hashlib.sha256(task.id.encode()).digest()[:4], "big")
        wanted = 0.3 if kind == "slow" else 0.005 + number % 30 / 1000
        while (passed := time.monotonic() - begun) < wanted:
            if effort.seconds is not None and passed >= effort.seconds:
                break
            progress(Event(task.id, "adapt", passed / wanted, 0.5))
            time.sleep(min(STEP, wanted - passed))
        cells = np.random.default_rng(number).integers(0, 10, (len(task.tests), 3, 4))
        grids = [Grid(c) for c in cells]
        return Result(
            Prediction(task.id, tuple((grid,) for grid in grids)),
            tuple((Candidate(grid, ("s0", "s1"), (-0.5, -1.0)),) for grid in grids),
            None,
            {"adapt": round(time.monotonic() - begun, 3), "answer": 0.0},
            {"pid": os.getpid(), "rung": effort.rung, "round": effort.round, "limit": effort.seconds}
            | {"heard": progress is not silent},
        )


def make(device: str) -> tuple[Fake, str]:
    """A recipe: refused on devices called `bad…`, dead on those called `dead…`."""
    if device.startswith("bad"):
        raise ModelError(f"{device}: no such device")
    if device.startswith("dead"):
        os._exit(3)
    return Fake(), device
