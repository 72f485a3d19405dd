"""Workers on a Ray cluster: an actor for each, with a model of its own, fed from one queue in this process.

An actor that dies, alone or with its node, is replaced wherever the cluster has room. Actors end with this process,
also when that one is killed. Ray is an optional dependency; nothing of it is imported before a cluster is asked for.
"""

from __future__ import annotations

import os
import queue
import re
import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.errors import ArcError, ConfigError
from arc_ttt.run.engines.engine import EngineError, Job, Make, Outcome, attempt, shortened
from arc_ttt.run.engines.nodes import Share, imported, join, last, shares
from arc_ttt.run.engines.workers import OFTEN, STARTS, Workers
from arc_ttt.tuning import VARIABLES
from arc_ttt.version import __version__

PATIENCE = 120.0  # seconds without a single worker in the cluster after which the run ends
SETTLED = 20.0  # seconds after which a worker that found no room is not counted on
STEP = 1.0  # seconds after which a wait looks at the clock


class Cluster(Workers["_Worker"]):
    """`workers` actors, by default one for each GPU of the cluster, or one for each node where there is none;
    `make(device)` is called in each. `told` is what the first one had to tell.

    `address` is that of the cluster's head, `auto` (the one on this machine), or `local` (one for this run alone, the
    default unless RAY_ADDRESS is set). Raises `ConfigError` where Ray is missing or the address does not answer, the
    `ArcError` that `make` raised in a worker, and `EngineError` where no worker finds room.
    """

    def __init__(
        self,
        make: Make,
        device: str = "auto",
        workers: int | None = None,
        address: str | None = None,
        progress: Progress = silent,
    ) -> None:
        super().__init__()
        self._make, self._progress, self._ray = make, progress, imported()
        self._last, self._seen = "", time.monotonic()
        self.told: Any = None
        self._joined = join(self._ray, address)
        try:
            nodes = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
            self._actor = self._ray.remote(concurrency_groups={"events": 1})(Desk)
            for share in shares(nodes, device, workers):
                self._workers.append(_Worker(self._actor, make, share))
            while not any(w.ready for w in self._workers):
                self._listen(None)
        except BaseException:
            self.close()
            raise

    @property
    def slots(self) -> int:
        """Workers that have a place, and those that have not been looking for one for long."""
        return sum(w.node is not None or w.age < SETTLED for w in self._workers) or 1

    def close(self) -> None:
        for worker in self._workers:
            worker.end(self._ray)
        self._workers = []
        self._queue.clear()
        if self._joined:
            self._joined = False
            self._ray.shutdown()

    def _listen(self, seconds: float | None) -> None:
        """Take in what workers say, and notice those that died."""
        if not self._workers:
            raise EngineError(
                f"no worker is left on the Ray cluster: each one ended while it was starting: {self._last}"
            )
        if any(w.node is not None for w in self._workers):
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE:
            share = self._workers[0].share
            why = f"the last one: {self._last}" if self._last else "`ray status` shows what is free"
            raise EngineError(f"no node of the Ray cluster had room for a worker ({share}) for {PATIENCE:g} s; {why}")
        # Futures, not ray.wait, which turns whatever a signal handler raises into a plain KeyboardInterrupt.
        ends = {future: (w, kind) for w in self._workers for kind, future in w.awaited.items()}
        heard, _ = wait(ends, STEP if seconds is None else min(STEP, seconds), FIRST_COMPLETED)
        for future in heard:
            worker, kind = ends[future]
            if worker.awaited.get(kind) is future:  # else it has been replaced meanwhile
                self._hear(worker, kind)
        self._feed()

    def _hear(self, worker: _Worker, kind: str) -> None:
        try:
            content = worker.awaited.pop(kind).result()
        except self._ray.exceptions.RayError as fault:
            self._replace(worker, fault)
            return
        if kind == "event":
            self._progress(content)
            worker.listen()
        elif kind == "place":
            worker.node, version = content
            if version != __version__:
                raise ConfigError(f"node {worker.node}: has arc-ttt {version}, and this is {__version__}")
        elif kind == "done":
            self._finish(worker, content)
        elif isinstance(content, ArcError):
            self._last = str(content)
            if len(self._workers) == 1 or not any(w.ready for w in self._workers):
                raise content
            worker.end(self._ray)  # the others go on without it
            self._workers.remove(worker)
        else:
            worker.ready, worker.starts = True, 0
            self.told = content if self.told is None else self.told
            if getattr(content, "digest", None) != getattr(self.told, "digest", None):
                raise ConfigError(f"node {worker.node}: has other weights or another prompt format under the same name")

    def _replace(self, worker: _Worker, fault: Exception) -> None:
        """Start another worker for one that died, and decide about its job."""
        self._last = last(str(fault)) or type(fault).__name__
        worker.end(self._ray)
        if "No module named 'arc_ttt'" in str(fault):
            where = re.search(r"ip=([^,)\s]+)", str(fault))
            raise ConfigError(f"node {where[1] if where else 'of the Ray cluster'}: arc-ttt is not installed there")
        self._bury(worker, "its worker", self._last, killed=_killed(fault), trace=str(fault))
        at = self._workers.index(worker)
        if worker.starts >= STARTS:
            del self._workers[at]
        else:
            self._workers[at] = _Worker(self._actor, self._make, worker.share, worker.starts + 1)


class Desk:
    """The actor. Its methods run one after the other, but for `event`, which waits beside them."""

    def __init__(self) -> None:
        self._solver: Any = None
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._told = 0.0

    def place(self) -> tuple[str, str]:
        """The node's address, and the version of this package there."""
        import ray

        return ray.util.get_node_ip_address(), __version__

    def begin(self, make: Make, device: str) -> object:
        """What `make` had to tell, or the `ArcError` that it raised."""
        try:
            self._solver, told = make(device)
        except ArcError as fault:
            return fault
        return told

    def attempt(self, job: Job) -> Outcome:
        return attempt(self._solver, job, self._tell)

    def event(self) -> Event:
        """The next event, when there is one. A call that waits here also ends when the actor dies."""
        return self._events.get()

    def _tell(self, event: Event) -> None:
        if time.monotonic() - self._told >= OFTEN:
            self._told = time.monotonic()
            self._events.put(event)


class _Worker:
    """An actor, what is awaited from it by kind, and the job that it has."""

    def __init__(self, actor: Any, make: Make, share: Share, starts: int = 1) -> None:
        self.share, self.starts, self._begun = share, starts, time.monotonic()
        self.job: Job | None = None
        self.since = 0.0
        self.node: str | None = None
        self.ready = False
        threads = {"OMP_NUM_THREADS": str(max(1, share.cpus))}
        threads |= {name: os.environ[name] for name in VARIABLES if name in os.environ}
        self._actor = actor.options(
            num_gpus=share.gpus, num_cpus=share.cpus, max_restarts=0, runtime_env={"env_vars": threads}
        ).remote()
        self.awaited: dict[str, Future[Any]] = {
            "place": self._actor.place.remote().future(),
            "begin": self._actor.begin.remote(make, share.device).future(),
        }
        self.listen()

    @property
    def age(self) -> float:
        return time.monotonic() - self._begun

    def listen(self) -> None:
        self.awaited["event"] = self._actor.event.options(concurrency_group="events").remote().future()

    def give(self, job: Job, since: float) -> None:
        """Have `job` done, which was to begin at `since`; the time that it waited is lost to it."""
        self.job, self.since = job, since
        limited = shortened(job, time.monotonic() - since)
        self.awaited["done"] = self._actor.attempt.remote(limited).future()

    def end(self, ray: Any) -> None:
        self.awaited = {}
        ray.kill(self._actor)


def _killed(fault: BaseException) -> bool:
    """Whether a worker's process ended by itself, as it does when memory runs out; Ray does not tell the signal."""
    return "worker process has died" in str(fault)
