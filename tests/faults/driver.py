"""`arc-ttt`, the real command line, with the solver of `fakes` in the place of a model.

Run as a program, so that it can be killed; its workers import this file too and so have the same solver. The
environment says more: with ARC_TEST_SLOWLY every line and every submission is written in pieces with pauses between
them; with ARC_TEST_LARGEST no file can grow beyond so many bytes; with ARC_TEST_CLOCK the wall clock jumps a day to and
fro at every look.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import time
from typing import Any

from faults.fakes import Fake

from arc_ttt.agents.recipe import Equipment
from arc_ttt.run import store
from arc_ttt.solve.solver import Factory

PAUSE = 0.01  # seconds


def equip(factory: Factory, device: str) -> tuple[Fake, Equipment]:
    recipe = factory.recipe
    return Fake(), Equipment(
        digest=recipe.config.digest(recipe.model),
        model={"name": recipe.model, "digest": "1" * 64},
        prompt={"name": recipe.prompt, "digest": "2" * 64},
        seen=frozenset(),
        machine={},
    )


Factory.__call__ = equip  # type: ignore[assignment,method-assign]


class Slow:
    """A file that takes a line in three pieces."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def write(self, data: memoryview) -> int:
        written = int(self.file.write(data[: 1 + len(data) // 3]))
        time.sleep(PAUSE)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def write_slowly() -> None:
    """Stretch the moments in which a kill might do harm."""
    begin, fsync = store.Store._begin, os.fsync

    def begin_slowly(self: store.Store, header: store.Header, fresh: bool) -> None:
        begin(self, header, fresh)
        self._file = Slow(self._file)

    def fsync_slowly(file: int) -> None:
        time.sleep(PAUSE)
        fsync(file)
        time.sleep(PAUSE)

    store.Store._begin = begin_slowly  # type: ignore[method-assign]
    os.fsync = fsync_slowly


def jump() -> None:
    """Let the wall clock be wrong by a day, now before and now after."""
    real, days = time.time, itertools.cycle((-86_400.0, 0.0, 86_400.0))
    time.time = lambda: real() + next(days)


if "ARC_TEST_CLOCK" in os.environ:  # in workers, too
    jump()

if __name__ == "__main__":
    if "ARC_TEST_SLOWLY" in os.environ:
        write_slowly()
    if "ARC_TEST_LARGEST" in os.environ:
        largest = int(os.environ["ARC_TEST_LARGEST"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    from arc_ttt.cli import app

    with contextlib.suppress(KeyboardInterrupt):
        app.main()
