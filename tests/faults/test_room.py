"""Disks that are full and memory that runs out."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from faults.memory import Confined
from faults.runs import Run, check, write_tasks

from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.run.engines.engine import Job
from arc_ttt.run.engines.processes import Processes
from arc_ttt.types import Grid, Pair, Task

pytestmark = [pytest.mark.faults, pytest.mark.skipif(os.name != "posix", reason="limits")]

IDS = [f"{i:03}" for i in range(120)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 120 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not permitted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("words", [(), ("--workers", "2")], ids=["here", "workers"])
def test_a_disk_that_fills_up(tmp_path: Path, small_disk: Path, words: tuple[str, ...]) -> None:
    """At whatever file it strikes: one line, a valid submission, no line lost; with room again the run goes on."""
    tasks = write_tasks(tmp_path / "tasks", IDS)
    command = ("solve", str(tasks), "--device", "cpu", "--quiet", *words)
    broken, sizes, lines = Run(command, small_disk / "run"), random.Random(4), b""
    ballast = small_disk / "ballast"
    for taken in sorted((sizes.randrange(36_000, 96_000) for _ in range(6)), reverse=True):
        ballast.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # filled to the brim is as good
            ballast.write_bytes(b"x" * taken)
        done = broken.finish()
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith("error: ") and "cannot be written: No space left on device" in done.stderr
        lines = check(broken, lines, IDS)
    assert lines
    ballast.unlink()
    done = broken.finish()
    assert done.returncode == 0, done.stderr
    assert check(broken, lines, IDS).count(b"\n") == len(IDS)
    unbroken = Run(command, tmp_path / "unbroken")
    assert unbroken.finish().returncode == 0
    assert broken.submitted() == unbroken.submitted()


def test_memory_that_runs_out_for_real(tiny_folder: Path) -> None:
    """A worker that may only have so much more memory than its model: a large task is tried again further down the
    ladder and answered; a small one before and after it is solved as ever."""
    config = SolveConfig(views=2, max_tokens=8192, ttt=TTTConfig(tokens=4000, batch_tokens=60_000, rank=8))
    large = Grid([[(i * j) % 10 for j in range(30)] for i in range(30)])
    small = Grid([[1, 2], [3, 4]])

    def job(id: str, grid: Grid) -> Job:
        return Job(Task(id, (Pair(grid, grid),) * 3, (grid,)))

    with closing(Processes(Confined(str(tiny_folder), config, 400 * 2**20), ["cpu"])) as engine:
        for one in (job("before", small), job("large", large), job("after", small)):
            engine.start(one)
        outcomes = [engine.wait(300) for _ in range(3)]
    results = {o.job.task.id: o.result for o in outcomes if o is not None}
    assert {id: r.error for id, r in results.items()} == {"before": None, "large": None, "after": None}
    assert results["large"].notes["memory"], "it went down the ladder"
    assert "memory" not in results["before"].notes and "memory" not in results["after"].notes
    assert results["before"].notes["peak_mib"] and len(results["large"].prediction.attempts[0]) >= 1
