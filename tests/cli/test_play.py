"""`arc-ttt play` as a command: what it needs, what it says, how it ends."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.cli import play
from arc_ttt.errors import ConfigError
from arc_ttt.paths import share

SAMPLES = share("data", "samples")
needed = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("starlette", "uvicorn"))), reason="the page's server is not installed"
)


def test_without_its_packages_one_line_says_what_to_install(
    arc_ttt: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And everything else works: the command line itself never imports them."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "uvicorn" else found(name, *more)
    )
    done = arc_ttt("play")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: play needs uvicorn: pip install 'arc-ttt[play]'\n"
    code = "import sys, arc_ttt.cli.app; print([m for m in ('starlette', 'uvicorn', 'torch') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


@needed
@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nowhere"], "error: nowhere: no such file, folder or data set;"),
        (["arc1:nothing"], "error: arc1:nothing: no such file, folder or data set"),
        (["--host", "no.such.name.invalid"], "error: --host no.such.name.invalid"),
        (["--agents", "nobody"], "error: --agents"),
        (["--port", "99999"], "error: Invalid value for '--port': Input should be less than"),
        (["--saved", __file__], f"error: --saved {__file__}: is a file, not a folder"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_served(
    arc_ttt: Callable[..., Any], tmp_path: Path, words: list[str], line: str
) -> None:
    """One line and exit code 2."""
    done = arc_ttt("play", *words, "--no-browser", "--results", tmp_path / "r")
    assert done.code == 2 and line in done.err and "Traceback" not in done.err


def test_what_a_page_may_choose() -> None:
    """Agents and presets by name; nothing that names a file, a model or a device."""
    assert play.chosen({"agents": "auto", "preset": "fast"}) == {"agents": ("programs", "learner"), "preset": "fast"}
    for how in (
        {"model": "x"},
        {"preset": "/etc/passwd"},
        {"agents": "learner:/x"},
        {"config": "x"},
        {"agents": ["auto"]},
    ):
        with pytest.raises(ConfigError, match="the page cannot choose"):
            play.chosen(how)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and its page's address."""
    command = [sys.executable, "-m", "arc_ttt", "play", str(SAMPLES), "--no-browser", "--agents", "programs"]
    root = str(Path(play.__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:\d+/\S+/", process.stdout.readline())
    assert address, process.stderr and process.stderr.read()
    yield process, address[0]
    process.kill()
    process.wait()


@needed
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_cleanly(
    started: tuple[subprocess.Popen[str], str], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    """While a run goes on and a browser listens: within seconds, without a traceback, and no worker stays."""
    process, address = started
    ids = [path.stem for path in sorted(SAMPLES.glob("*.json"))]
    body = json.dumps({"source": str(SAMPLES), "ids": ids, "how": {"agents": "programs"}}).encode()
    request = urllib.request.Request(f"{address}solve", body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()
    stream = urllib.request.urlopen(f"{address}events", timeout=60)
    while b'"kind":"result"' not in stream.readline():
        pass
    workers = children(process.pid)
    assert workers
    begun = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code and time.monotonic() - begun < 15
    assert err == "stopped; what was finished is kept\n" and "Traceback" not in out
    while any(map(lives, workers)) and time.monotonic() - begun < 15:
        time.sleep(0.1)
    assert not any(map(lives, workers))
    (run,) = (tmp_path / "results").iterdir()
    assert (run / "results.jsonl").read_bytes().endswith(b"}\n")


@needed
def test_a_port_in_use_is_said_and_another_taken(
    started: tuple[subprocess.Popen[str], str], arc_ttt: Callable[..., Any], tmp_path: Path
) -> None:
    """Asked for, it is an error; else the page is served all the same (by whoever came second)."""
    port = re.findall(r":(\d+)/", started[1])[0]
    done = arc_ttt("play", SAMPLES, "--no-browser", "--port", port, "--results", tmp_path / "r")
    assert (done.code, done.err) == (2, f"error: --port {port}: is in use; without --port a free one is taken\n")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) == 0


def lives(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, as Linux tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            found.append(int(folder.name))
    return found
