"""Jobs: in turn, told to everyone alike, stopped at once; and what a worker's death or a bug leaves."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from play_site import SAMPLES, Making, Site, ended, prepare, serving

from arc_ttt.agents.recipe import Recipe
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.play import desk as desks
from arc_ttt.play.desk import Setup
from arc_ttt.play.library import Library
from arc_ttt.play.told import beginning
from arc_ttt.play.wire import Wire
from arc_ttt.run import store

SOLVING = ("told",)


def slowly(how: Any) -> Setup:
    setup = prepare(how)
    return Setup(RunConfig(device=how.get("device", "cpu")), SolveConfig(views=how.get("views", 1)), setup.recipe)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose worker takes a minute for 02-transpose."""
    monkeypatch.setattr(desks, "Factory", Making)
    yield from serving(Library((SAMPLES,), tmp_path / "results", tmp_path / "puzzles"), tmp_path, slowly)


def add(site: Site, *ids: str, **how: Any) -> int:
    return int(site.post("solve", {"source": SAMPLES, "ids": ids, "how": how})["job"])


def told(message: Any) -> bool:
    return message.get("kind") == "told" and message["task"] == "02-transpose" and message["stage"] == "adapt"


def last(messages: Any) -> dict[int, dict[str, Any]]:
    """The last that was said of each job."""
    return {m["job"]["number"]: m["job"] for m in messages if m.get("kind") == "job"}


def test_a_stop_is_a_stop(slow: Site) -> None:
    """Within seconds the worker is gone; what was finished is on disk, what waits goes on with a new worker."""
    job = add(slow, "01-mirror", "02-transpose", "04-frame")
    other = add(slow, "05-specks")
    slow.events(told)
    begun = time.monotonic()
    assert slow.post(f"stop/{job}", {}) == {"job": job}
    stopped = last(slow.events(lambda m: ended(m) and m["job"]["number"] == job))[job]
    assert stopped["state"] == "stopped" and time.monotonic() - begun < 5
    results = store.read_results(slow.folder / "results" / stopped["run"])
    assert list(results) == ["01-mirror"] and stopped["finished"] == 1
    submission = json.loads((slow.folder / "results" / stopped["run"] / "submission.json").read_text())
    assert len(submission) == 12  # complete all the same
    assert last(slow.events(lambda m: ended(m) and m["job"]["number"] == other))[other]["state"] == "done"


def test_what_waits_can_be_stopped(slow: Site) -> None:
    """It never begins, and what is being solved does not notice."""
    first, second = add(slow, "02-transpose"), add(slow, "01-mirror")
    slow.events(told)
    slow.post(f"stop/{second}", {})
    states = last(slow.events(lambda m: ended(m) and m["job"]["number"] == second))
    assert states[second]["state"] == "stopped" and states[second]["run"] == "" and states[first]["state"] == "solving"
    slow.post(f"stop/{first}", {})
    slow.events(lambda m: ended(m) and m["job"]["number"] == first)
    assert slow.post(f"stop/{first}", {}) == {"job": first}  # stopped already: nothing happens


def test_a_worker_that_is_still_starting_can_be_stopped(slow: Site) -> None:
    """A model that takes minutes to read holds nothing up; what it does and since when is told."""
    job = add(slow, "01-mirror", device="mps")
    told = slow.events(lambda m: m.get("kind") == "job" and m["job"]["state"] == "starting")[-1]["job"]
    assert told["doing"] == "a worker process starts: it imports the grid operations"
    assert abs(time.time() - told["since"]) < 30
    time.sleep(0.3)
    slow.post(f"stop/{job}", {})
    assert last(slow.events(ended, limit=10))[job]["state"] == "stopped"
    assert not (slow.folder / "results").exists()


def test_what_a_worker_begins_with_is_told() -> None:
    """Each model that it reads, by name."""
    config = SolveConfig(agents=("programs", "learner", "learner:big"))
    recipe = Recipe(model="arc-mini", prompt="pair", config=config)
    assert beginning(recipe) == "it imports PyTorch and reads arc-mini and big"


def test_every_browser_sees_the_same(slow: Site) -> None:
    """One that comes later is told all that still counts; one that comes back, what it missed; one that leaves stops
    nothing."""
    job = add(slow, "02-transpose")
    early = slow.events(told)  # and then its connection is closed
    late = slow.events(lambda m: told(m) and m["stage"] == "adapt" and m["done"] >= 0.01)
    assert [m for m in early if m.get("stage") == "answer"] == [m for m in late if m.get("stage") == "answer"]
    assert late[1]["job"]["state"] == "solving"  # of what only changes, the last alone
    again = slow.events(lambda m: told(m) and m["stage"] == "adapt" and m["done"] >= 0.02, last=late[-1]["id"])
    numbers = [int(m["id"].partition("-")[2]) for m in again[1:]]
    assert numbers[0] > int(late[-1]["id"].partition("-")[2]) and numbers == sorted(numbers)
    assert all(m.get("stage") != "answer" for m in again)
    slow.post(f"stop/{job}", {})
    slow.events(ended)


def test_a_task_that_fails_is_told(slow: Site) -> None:
    """With its line; the others are solved, and the traceback is in the run's folder."""
    job = add(slow, "03-swap", "01-mirror")
    messages = slow.events(ended)
    rows = {m["task"]: m["row"] for m in messages if m.get("kind") == "result"}
    assert rows["03-swap"]["error"] == "RuntimeError: no luck" and rows["01-mirror"]["error"] is None
    run = slow.folder / "results" / last(messages)[job]["run"]
    assert "no luck" in (run / "errors.log").read_text()


def test_a_worker_that_dies(slow: Site) -> None:
    """Another one takes its task up."""
    job = add(slow, "02-transpose")
    slow.events(told)
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    killed = time.time()
    slow.events(lambda m: told(m) and m["at"] > killed + 0.5)
    slow.post(f"stop/{job}", {})
    assert last(slow.events(ended))[job]["state"] == "stopped"


def children() -> list[int]:
    """This process's workers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == os.getpid() and b"spawn_main" in command:
            found.append(int(folder.name))
    return found


def test_a_results_folder_that_cannot_be_written(slow: Site) -> None:
    """The job has failed with one line, and the next one is tried."""
    (slow.folder / "results").write_text("a file")
    job = add(slow, "01-mirror")
    assert "results" in last(slow.events(ended))[job]["error"]
    (slow.folder / "results").unlink()
    other = add(slow, "01-mirror")
    assert last(slow.events(lambda m: ended(m) and m["job"]["number"] == other))[other]["state"] == "done"


def test_the_wire_forgets() -> None:
    """Of messages with a key the last is kept; those of an owner go together."""
    wire = Wire()
    for n in range(5):
        wire.send({"n": n}, key="same", owner="a")
    wire.send({"n": "other"}, owner="b")
    assert [json.loads(text) for text in wire._messages.values()] == [{"n": 4}, {"n": "other"}]
    wire.forget("a")
    assert [json.loads(text) for text in wire._messages.values()] == [{"n": "other"}]
