"""Laws of workers on a Ray cluster, on one of three nodes in this machine, with a solver that needs no model."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.run.batch import run
from arc_ttt.run.deadline import Deadline
from arc_ttt.run.engines import cluster
from arc_ttt.run.engines.cluster import Cluster, Share, shares
from arc_ttt.run.engines.engine import EngineError, Here
from arc_ttt.run.store import Header, Store
from arc_ttt.types import Prediction, Result, Task

IDS = tuple(f"t{i:02}" for i in range(8))

GPU_NODES = [{"CPU": 64.0, "GPU": 8.0}, {"CPU": 12.0, "GPU": 2.0}, {"CPU": 4.0}]


@pytest.mark.parametrize(
    ("nodes", "device", "workers", "expected"),
    [
        (GPU_NODES, "auto", None, [Share("cuda:0", 1, 6)] * 10),
        (GPU_NODES, "cuda", 3, [Share("cuda:0", 1, 6)] * 3),
        (GPU_NODES, "cpu", None, [Share("cpu", 0, 64), Share("cpu", 0, 12), Share("cpu", 0, 4)]),
        ([{"CPU": 8.0}, {"CPU": 4.0}], "auto", 3, [Share("cpu", 0, 4)] * 3),
        ([{"CPU": 8.0}, {"CPU": 4.0}], "auto", 1, [Share("cpu", 0, 8)]),
        ([{"CPU": 2.0}, {}], "cpu", 3, [Share("cpu", 0, 1)] * 3),
    ],
)
def test_shares(nodes: list[dict[str, float]], device: str, workers: int | None, expected: list[Share]) -> None:
    """A worker has a GPU and its part of the node's cores, or where there is none cores alone."""
    assert shares(nodes, device, workers) == expected


@pytest.mark.parametrize(("device", "fault"), [("cuda", "no node"), ("cuda:1", "one machine"), ("cpu", "has a CPU")])
def test_shares_that_cannot_be(device: str, fault: str) -> None:
    """A device that the cluster lacks, or that means something on one machine only, is refused."""
    with pytest.raises(ConfigError, match=fault):
        shares([{"node:1.2.3.4": 1.0}], device)


def test_ray_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Ray one line says how to get it."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigError, match=r"pip install 'arc-ttt\[ray\]'"):
        Cluster(Copy())


@dataclass(frozen=True)
class Told:
    digest: str


@dataclass(frozen=True)
class Copy:
    """Makes a solver that answers each input by itself after `seconds`. Its process dies at the tasks in `deadly`, at
    those in `once` the first time only, as files in `marks` tell; `refuses` is raised instead."""

    seconds: float = 0.0
    deadly: Sequence[str] = ()
    once: Sequence[str] = ()
    marks: str = ""
    refuses: str | None = None

    def __call__(self, device: str) -> tuple[Copy, Told]:
        if self.refuses is not None:
            raise ModelError(self.refuses)
        return self, Told(f"{device} {os.environ['OMP_NUM_THREADS']}")

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        progress(Event(task.id, "adapt", 0.5))
        if task.id == "raises":
            raise RuntimeError("the fault\nof two lines")
        mark = Path(self.marks, task.id)
        if task.id in self.deadly or (task.id in self.once and not mark.exists()):
            mark.touch()
            os._exit(3)
        time.sleep(min(self.seconds, effort.seconds or self.seconds))
        return Result(
            Prediction(task.id, tuple((grid,) for grid in task.tests)),
            seconds={"adapt": self.seconds, "answer": 0.0},
            notes={"rung": effort.rung, "lesson_tokens": 100},
        )


class Nodes:
    """A cluster of nodes with one core each; this process has joined it."""

    def __init__(self) -> None:
        from ray import cloudpickle
        from ray.cluster_utils import Cluster as Local

        cloudpickle.register_pickle_by_value(sys.modules[__name__])
        quick = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 3}
        self.local = Local(initialize_head=True, head_node_args={"num_cpus": 0, "_system_config": quick})
        self.nodes = [self.local.add_node(num_cpus=1) for _ in range(3)]
        self.local.connect()

    def kill(self) -> None:
        self.local.remove_node(self.nodes.pop(), allow_graceful=False)

    def fill(self) -> None:
        while len(self.nodes) < 3:
            self.nodes.append(self.local.add_node(num_cpus=1))


@pytest.fixture(scope="module")
def _nodes() -> Iterator[Nodes]:
    ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
    made = Nodes()
    yield made
    ray.shutdown()
    made.local.shutdown()


@pytest.fixture
def nodes(_nodes: Nodes) -> Nodes:
    _nodes.fill()
    return _nodes


Start = Callable[..., Any]


@pytest.fixture
def start(folder: Path, header: Header, make_tasks: Callable[..., TaskSet]) -> Start:
    """Run tasks on an engine, with a store in `folder`."""

    def start(engine: Any, ids: Sequence[str] = IDS, name: str = "run", **options: Any) -> Any:
        with Store.open(folder / name, header) as store:
            return run(make_tasks(ids), engine, store, **options)

    return start


def test_the_same_as_here(nodes: Nodes, start: Start, folder: Path) -> None:
    """Three workers, one for each node, with its cores, give the submission that this process gives; what they tell on
    the way arrives; an exception fails its task alone."""
    events: list[Event] = []
    ids = (*IDS, "raises")
    ray_engine = Cluster(Copy(0.05), progress=events.append)
    assert ray_engine.slots == 3
    assert ray_engine.told == Told("cpu 1")
    summary = start(ray_engine, ids, "ray")
    ray_engine.close()
    here = start(Here(Copy()), ids, "here")
    assert summary.failed == here.failed == ("raises",)
    assert summary.answered == len(IDS)
    assert {r.error for r in summary.results} == {None, "RuntimeError: the fault of two lines"}
    texts = [(folder / name / "submission.json").read_bytes() for name in ("ray", "here")]
    assert texts[0] == texts[1]
    assert {event.task for event in events} <= set(ids)
    assert events


def test_a_node_is_lost(nodes: Nodes, start: Start) -> None:
    """All tasks are answered where a node is killed while it works, and the job that it had is no worse for it."""
    engine = Cluster(Copy(0.5))
    killed = []

    def kill(_: Result) -> None:
        if not killed:
            killed.append(nodes.kill())

    summary = start(engine, on_result=kill)
    engine.close()
    assert killed
    assert summary.answered == len(IDS)
    assert not summary.failed
    assert {r.notes["rung"] for r in summary.results} == {0}


def test_a_worker_dies(nodes: Nodes, start: Start, tmp_path: Path) -> None:
    """A job whose worker died is tried once more as it is, then with less memory, then it has failed."""
    engine = Cluster(Copy(deadly=["t03"], once=["t01"], marks=str(tmp_path)), workers=2)
    summary = start(engine)
    engine.close()
    assert summary.failed == ("t03",)
    assert summary.answered == len(IDS) - 1
    results = {r.task: r for r in summary.results}
    assert "died 3 times" in results["t03"].error
    assert (results["t01"].notes["rung"], results["t01"].notes["deaths"]) == (0, 1)
    assert results["t00"].notes["rung"] == 0


def test_a_deadline(nodes: Nodes, start: Start) -> None:
    """A run with a time limit ends by then, whatever is under way."""
    engine = Cluster(Copy(30.0))
    begun = time.monotonic()
    from arc_ttt.config import SolveConfig

    summary = start(engine, order=lambda tasks: Deadline(tasks, SolveConfig(), 2.0, engine.slots))
    took = time.monotonic() - begun
    engine.close()
    assert took < 3
    assert summary.answered + len(summary.unreached) == len(IDS)


def test_what_make_raises(nodes: Nodes) -> None:
    """A model that cannot be had on the nodes ends the run with its one line."""
    with pytest.raises(ModelError, match="no such model"):
        Cluster(Copy(refuses="no such model"))


def test_no_node_is_left(nodes: Nodes, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """When all nodes with room are gone the run ends with one line, and what was finished is kept."""
    engine = Cluster(Copy(0.3))
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)

    def kill(_: Result) -> None:
        while nodes.nodes:
            nodes.kill()

    with pytest.raises(EngineError, match=r"room for a worker \(1 CPU\)"):
        start(engine, on_result=kill)
    engine.close()


@pytest.mark.parametrize(
    ("address", "fault"),
    [("127.0.0.1:9", "does not answer"), ("nonsense", "HOST:PORT"), ("ray://127.0.0.1:10001", "HOST:PORT")],
)
def test_an_address_without_a_cluster(monkeypatch: pytest.MonkeyPatch, address: str, fault: str) -> None:
    """One line says so, within seconds."""
    ray = pytest.importorskip("ray")
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(ConfigError, match=f"{address}: .*{fault}"):
        Cluster(Copy(), address=address)
