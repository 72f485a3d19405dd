"""How many processes solve a run's tasks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from arc_ttt.arc.dataset import TaskSet
from arc_ttt.cli import crew as module
from arc_ttt.cli.asked import Asked
from arc_ttt.cli.crew import Crew, crew
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ConfigError
from arc_ttt.text.sheet import choose

ASKED = Asked(
    run=RunConfig(device="cpu"),
    config=SolveConfig(),
    sheet=choose("arc-mini"),
    others={},
    drafter=None,
    allowed=None,
    affordable=None,
)
PLENTY = 10**12


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[[float, float], None]:
    """A machine of so many processors with so many free bytes."""

    def make(processors: float, free: float) -> None:
        monkeypatch.setattr(module, "processors", lambda: processors)
        monkeypatch.setattr(module, "free_memory", lambda: int(free))

    return make


def run(**options: Any) -> Asked:
    return dataclasses.replace(ASKED, run=RunConfig(**{"device": "cpu", **options}))


def test_by_cores_and_tasks(machine: Callable[..., None], make_tasks: Callable[..., TaskSet]) -> None:
    """A process for each core, or for each task where these are fewer; one task needs none."""
    machine(4.0, PLENTY)
    ids = "abcdef"
    assert crew(ASKED, make_tasks(ids).tasks) == Crew(4, "one for each core")
    assert crew(ASKED, make_tasks(ids[:3]).tasks) == Crew(3, "one for each task")
    assert crew(ASKED, make_tasks("a").tasks) == Crew(None)
    machine(1.7, PLENTY)  # a container's share
    assert crew(ASKED, make_tasks(ids).tasks) == Crew(None)


def test_as_far_as_the_memory_goes(machine: Callable[..., None], make_tasks: Callable[..., TaskSet]) -> None:
    """Fewer, and it is said why; those that only search for programs take less."""
    tasks, searching = make_tasks("abcdefgh").tasks, dataclasses.replace(ASKED.config, agents=("programs",))
    machine(8.0, 3.5e9)
    some = crew(ASKED, tasks)
    assert some.workers is not None and 2 <= some.workers < 7 and "3.5 GB free" in some.why
    more = crew(dataclasses.replace(ASKED, config=searching), tasks)
    assert more.workers == 7 and more.why.startswith("0.5 GB")
    machine(8.0, 1e9)
    alone = crew(ASKED, tasks)
    assert alone.workers is None and alone.why.startswith("one process")


def test_what_is_asked_for_is_taken(machine: Callable[..., None], make_tasks: Callable[..., TaskSet]) -> None:
    """Unless there is no memory for it, which is said at once; what nothing is known of has one process."""
    machine(2.0, 8e9)
    tasks = make_tasks("abc").tasks
    assert crew(run(workers=5), tasks).workers == 5
    with pytest.raises(ConfigError, match=r"--workers 300: each takes .* free: at most \d"):
        crew(run(workers=300), tasks)
    assert crew(run(model="some/model"), tasks) == Crew(None)
    assert crew(run(engine="ray"), tasks) == Crew(None)
    assert crew(run(device="cuda", workers=3), tasks) == Crew(3)
