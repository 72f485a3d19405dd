"""Runs that are hurt: started as programs of their own, looked at after each blow."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arc_ttt.arc import submission
from arc_ttt.run.records import decode
from arc_ttt.types import Result

PATHS = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH"))))
DRIVER = (sys.executable, str(Path(__file__).with_name("driver.py")))
PROGRAM = (sys.executable, "-m", "arc_ttt")
# What tells of the machine and the moment; all else is the same at each start.
TIMINGS = {"peak_mib", "finished", "first_token", "first_answer", "tokens_per_second", "scoring_seconds"}
TIMINGS |= {"pid", "limit", "deaths", "cpu_seconds", "agents"}


def _listen() -> None:
    """What a shell runs in the background ignores Ctrl-C, and so would all that the tests start there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def write_tasks(folder: Path, ids: Sequence[str]) -> Path:
    """Task files of two tests each."""
    folder.mkdir(exist_ok=True)
    for i, id in enumerate(ids):
        pair = {"input": [[i % 10, 1], [2, 3]], "output": [[1, i % 10], [3, 2]]}
        task = {"train": [pair], "test": [pair, {"input": [[4, 5, i % 10]], "output": [[i % 10, 5, 4]]}]}
        (folder / f"{id}.json").write_text(json.dumps(task))
    return folder


@dataclass
class Run:
    """A run of `arc-ttt` with the arguments `words` in `folder`, which may be started many times."""

    words: Sequence[str]
    folder: Path
    program: Sequence[str] = DRIVER
    env: dict[str, str] = field(default_factory=dict)

    def start(self, *more: str, **env: str) -> subprocess.Popen[str]:
        """In a session of its own, as in a terminal of its own."""
        return subprocess.Popen(
            [*self.program, *self.words, "--out", str(self.folder), *more],
            env={**os.environ, "PYTHONPATH": PATHS, "NO_COLOR": "1", "COLUMNS": "100", **self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_listen,  # noqa: PLW1509
        )

    def finish(self, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Start it and let it come to its end."""
        process = self.start(*more, **env)
        out, err = process.communicate(timeout=400)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def hurt(self, seconds: float, blow: signal.Signals = signal.SIGKILL, **env: str) -> tuple[int, str]:
        """Start it, strike its first process after `seconds`; its exit code and what it said on stderr."""
        process = self.start(**env)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(blow)
        _, err = process.communicate(timeout=60)  # workers hold the pipes, too: this ends when they have
        return process.returncode, err

    def wait_for_line(self, process: subprocess.Popen[str]) -> None:
        """Until `process` has written one more line, or is done."""
        before = self.lines()
        while self.lines() == before and process.poll() is None:
            time.sleep(0.01)

    def lines(self) -> bytes:
        """The whole lines of results.jsonl."""
        path = self.folder / "results.jsonl"
        content = path.read_bytes() if path.exists() else b""
        return content[: content.rfind(b"\n") + 1]

    def results(self) -> dict[str, Result]:
        return {r.task: r for r in map(decode, self.lines().splitlines(keepends=True))}

    def timeless(self) -> dict[str, Result]:
        """The last result of each task without what tells of the machine and the moment."""
        return {
            id: dataclasses.replace(r, seconds={}, notes={k: v for k, v in r.notes.items() if k not in TIMINGS})
            for id, r in self.results().items()
        }

    def submitted(self) -> bytes:
        return (self.folder / "submission.json").read_bytes()


def check(run: Run, before: bytes, ids: Sequence[str], tests: int = 2) -> bytes:
    """What must hold after any blow; `before` are the whole lines before it. Returns those that are there now.

    The submission, once there, is valid and complete and lacks at most the last line; of the lines none is lost.
    """
    lines = run.lines()
    assert lines.startswith(before), "a finished line is gone"
    if not (run.folder / "submission.json").exists():
        assert not lines, "there are results and no submission"
        return lines
    document: dict[str, Any] = json.loads(run.submitted())
    assert list(document) == sorted(ids)
    assert all([sorted(e) for e in entries] == [["attempt_1", "attempt_2"]] * tests for entries in document.values())
    given = submission.read(run.folder / "submission.json")
    for line in lines.splitlines(keepends=True)[:-1]:
        result = decode(line)
        for attempts, answer in zip(result.prediction.attempts, given[result.task], strict=False):
            assert answer[: len(attempts)] == attempts, "a finished task is not in the submission"
    return lines


def kill_until_done(run: Run, ids: Sequence[str], moments: Sequence[float], tests: int = 2, **env: str) -> int:
    """Kill each start at its moment (seconds), then let it finish; how many starts were killed before their end.

    Each task is solved once, but for those that were under way.
    """
    lines, killed = b"", 0
    for moment in moments:
        code, err = run.hurt(moment, **env)
        assert code in (0, -signal.SIGKILL), err
        killed += code == -signal.SIGKILL
        lines = check(run, lines, ids, tests)
    done = run.finish()
    assert done.returncode == 0, done.stderr
    lines = check(run, lines, ids, tests)
    assert sorted(run.results()) == sorted(ids)
    assert lines.count(b"\n") == len(ids), "something was solved twice"
    return killed


def ended(pid: int, kill: Callable[[int, int], None] = os.kill) -> bool:
    """Whether the process (with `os.killpg`: every process of the group) is gone within some seconds."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
