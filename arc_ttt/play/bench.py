"""A worker that can be stopped from another thread, also while it is still reading its model."""

from __future__ import annotations

import threading

from arc_ttt.agents.progress import Progress
from arc_ttt.run.engines.engine import Make
from arc_ttt.run.engines.processes import Processes

LOOK = 0.1  # seconds between two looks at whether to stop


class Stopped(Exception):
    """A person has stopped the work; never leaves `desk`."""


class Bench(Processes):
    """One worker. Waiting for it raises `Stopped` soon after `stop` is set; `close` then ends its process."""

    def __init__(self, make: Make, device: str, progress: Progress, stop: threading.Event) -> None:
        self._stop = stop
        super().__init__(make, [device], progress)

    def _listen(self, seconds: float | None) -> None:
        if self._stop.is_set():
            raise Stopped
        super()._listen(LOOK if seconds is None else min(LOOK, seconds))
