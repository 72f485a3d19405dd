"""kill -9, SIGTERM and Ctrl-C at random moments: what is finished is there, and the same command goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from faults.runs import PROGRAM, Run, check, ended, kill_until_done, write_tasks

from arc_ttt.paths import share

pytestmark = [pytest.mark.faults, pytest.mark.skipif(os.name != "posix", reason="signals")]

KILLS = int(os.environ.get("ARC_TTT_KILLS", "50"))  # fewer of them in .ci/run
IDS = [f"{i:03}" for i in range(120)]
WORKERS: list[Sequence[str]] = [(), ("--workers", "2")]


@pytest.mark.parametrize("words", WORKERS, ids=["here", "workers"])
def test_fifty_kills(tmp_path: Path, words: Sequence[str]) -> None:
    """At moments spread over the start, the loop and the writing, which is stretched; then the run is let finish."""
    tasks = write_tasks(tmp_path / "tasks", IDS)
    command = ("solve", str(tasks), "--device", "cpu", "--quiet")
    moments = random.Random(1)
    broken = Run((*command, *words), tmp_path / "broken")
    killed = kill_until_done(broken, IDS, [moments.uniform(0.0, 1.5) for _ in range(KILLS)], ARC_TEST_SLOWLY="1")
    assert killed >= 0.8 * KILLS
    unbroken = Run(command, tmp_path / "unbroken")
    assert unbroken.finish().returncode == 0
    assert broken.submitted() == unbroken.submitted()
    assert broken.timeless() == unbroken.timeless()
    assert sorted(p.name for p in broken.folder.iterdir() if not p.name.startswith(".")) == [
        "config.json", "results.jsonl", "submission.json",
    ]  # fmt: skip


@pytest.mark.parametrize("words", WORKERS, ids=["here", "workers"])
def test_kills_of_a_model_at_work(tmp_path: Path, tiny_folder: Path, words: Sequence[str]) -> None:
    """A language model that trains and decodes gives the same bytes, whatever was killed on the way; with the same
    threads also the same log-probabilities to the last bit."""
    samples = tmp_path / "samples"
    shutil.copytree(share("data", "samples"), samples)
    ids = sorted(p.stem for p in samples.glob("*.json"))
    command = ("solve", str(samples), "--model", str(tiny_folder), "--views", "2", "--ttt.tokens", "1000", "--quiet")
    unbroken = Run((*command, *words), tmp_path / "unbroken", PROGRAM)
    begun = time.monotonic()
    assert unbroken.finish().returncode == 0
    whole = time.monotonic() - begun
    moments = random.Random(2)
    broken = Run((*command, *words), tmp_path / "broken", PROGRAM)
    for _ in range(8):
        if len(broken.results()) == len(ids):
            break
        before = broken.lines()
        code, err = broken.hurt(moments.uniform(0.3, 1.0) * whole)
        assert code in (0, -signal.SIGKILL), err
        assert broken.lines().startswith(before)
    assert broken.finish().returncode == 0
    assert broken.submitted() == unbroken.submitted()
    assert broken.timeless() == unbroken.timeless()
    assert broken.lines().count(b"\n") == len(ids)


@pytest.mark.parametrize("words", WORKERS, ids=["here", "workers"])
def test_twenty_times_asked_to_end(tmp_path: Path, words: Sequence[str]) -> None:
    """SIGTERM and Ctrl-C: the exit code is the signal's, one line is said, and no process is left."""
    tasks = write_tasks(tmp_path / "tasks", IDS)
    command = ("solve", str(tasks), "--device", "cpu", "--quiet", *words)
    broken = Run(command, tmp_path / "run")
    moments, lines, said = random.Random(3), b"", 0
    for turn in range(20):
        process = broken.start(ARC_TEST_SLOWLY="1")
        if turn < 14:  # at work, however long the start takes on this machine
            broken.wait_for_line(process)
            time.sleep(moments.uniform(0.0, 0.3))
        else:
            time.sleep(moments.uniform(0.0, 1.5))
        blow, code = ((signal.SIGINT, 130), (signal.SIGTERM, 143))[turn % 2]
        if blow == signal.SIGINT:
            os.killpg(process.pid, blow)  # as a terminal does
        else:
            process.send_signal(blow)
        _, err = process.communicate(timeout=30)
        # Before it runs the command, and when all is done, Python itself ends without a word.
        assert process.returncode in (0, code, -blow), err
        assert err.count("\n") == (process.returncode == code), err
        said += process.returncode == code
        lines = check(broken, lines, IDS)
        assert ended(process.pid, os.killpg), "a process is left"
    assert said >= 10
    assert broken.finish().returncode == 0
    assert check(broken, lines, IDS).count(b"\n") == len(IDS)


def test_a_killed_shard_goes_on_and_is_gathered(tmp_path: Path) -> None:
    """Shards are runs: each goes on where it was killed, and the whole takes over what they have."""
    tasks = write_tasks(tmp_path / "tasks", IDS[:40])
    command = ("solve", str(tasks), "--device", "cpu", "--quiet")
    whole = Run(command, tmp_path / "whole")
    for part in ("1/2", "2/2"):
        shard = Run((*command, "--shard", part), tmp_path / "whole")
        shard.hurt(1.0, ARC_TEST_SLOWLY="1")
        assert shard.finish().returncode == 0
    done = whole.finish("--json")
    start = json.loads(done.stdout.splitlines()[0])
    assert (done.returncode, start["finished"]) == (0, 40)
    unbroken = Run(command, tmp_path / "unbroken")
    assert unbroken.finish().returncode == 0
    assert whole.submitted() == unbroken.submitted()
