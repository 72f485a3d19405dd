"""A server in this process, its page's address, and solvers that need no model."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

pytest.importorskip("starlette", reason="the page's server is not installed")
pytest.importorskip("uvicorn", reason="the page's server is not installed")

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.agents.recipe import NONE, Equipment, Recipe
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.paths import share
from arc_ttt.play import server
from arc_ttt.play.desk import Setup
from arc_ttt.play.library import Library
from arc_ttt.types import Candidate, Prediction, Result, Task

SAMPLES = str(share("data", "samples"))
Chosen = Mapping[str, Any]


def prepare(how: Chosen) -> Setup:
    """The search for programs alone, whatever is chosen."""
    config = SolveConfig(agents=("programs",))
    return Setup(RunConfig(), config, Recipe(model="arc-mini", prompt="pair", config=config))


LONG_PROGRAM = (
    "paint_by_views(columncolour_inline, 0x0tosame_0x4tonewrowcolour_0x6tosame_4x0tosame_4x4torowcolour_4x10tosame_"
    "6x0tosame_6x6to6_6x10to1)"
)


class Slow:
    """Answers each input by itself and tells of all that a page can show, at once; dies or fails where it is told to,
    and takes a minute for 02-transpose."""

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        if task.id == "03-swap":
            raise RuntimeError("no luck")
        progress(Event(task.id, "route", 0.0, agent="learner", said="asked: there is no other agent"))
        tests = list(enumerate(task.tests))
        program = Candidate(task.tests[0], (), (), agent="programs", program=LONG_PROGRAM, reason="Change cells. " * 20)
        progress(Event(task.id, "search", 0.5, agent="programs", found=((0, program),)))
        found = tuple((n, Candidate(grid, ("s0-p0123456789",), (-0.5,))) for n, grid in tests)
        turned = tuple((n, Candidate(grid, ("s6-p0213456789",), (-1.5,))) for n, grid in tests)
        progress(Event(task.id, "answer", 0.5, found=found + turned))
        for n in range(600 if task.id == "02-transpose" else 3):
            progress(Event(task.id, "adapt", n / 600, 1.0 / (n + 1)))
            time.sleep(0.1)
        attempts = tuple((grid,) for grid in task.tests)
        notes = {"chances": [[0.9] for _ in task.tests]}
        return Result(Prediction(task.id, attempts), tuple((c,) for _, c in found), None, {"answer": 1.0}, notes)


@dataclass(frozen=True)
class Making:
    """In the place of a solver's factory; picklable, as a worker needs it."""

    recipe: Recipe

    def __call__(self, device: str) -> tuple[Slow, Equipment]:
        if device == "mps":
            time.sleep(600)
        return Slow(), Equipment(digest="d", model=NONE, prompt=NONE, seen=frozenset(), machine={})


@dataclass
class Site:
    """A page that is served: its address, and requests of it."""

    address: str
    folder: Path
    library: Library
    bugs: list[str] = field(default_factory=list)

    @property
    def parts(self) -> tuple[str, int, str]:
        parts = urlsplit(self.address)
        return str(parts.hostname), int(parts.port or 0), parts.path

    def raw(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers of what answers a request whose path is taken as it is."""
        host, port, _ = self.parts
        connection = http.client.HTTPConnection(host, port, timeout=30)
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return found

    def get(self, path: str, **query: str) -> Any:
        """The document at `path`; an answer with a fault gives its status and line."""
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
        return self._document(*self.raw("GET", self.parts[2] + path + (f"?{asked}" if asked else ""))[:2])

    def post(self, path: str, document: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        return self._document(*self.raw("POST", self.parts[2] + path, json.dumps(document).encode(), headers)[:2])

    @staticmethod
    def _document(status: int, content: bytes) -> Any:
        found = json.loads(content)
        return found if status == 200 else (status, found["error"])

    def events(
        self, until: Callable[[Mapping[str, Any]], bool], last: str = "", limit: float = 60
    ) -> list[dict[str, Any]]:
        """Messages from the server's stream, up to the first that `until` holds of; the numbers stand under "id"."""
        host, port, path = self.parts
        connection = http.client.HTTPConnection(host, port, timeout=limit)
        connection.request("GET", f"{path}events", headers={"Last-Event-ID": last} if last else {})
        answer, found, number, end = connection.getresponse(), list[dict[str, Any]](), "", time.monotonic() + limit
        try:
            while time.monotonic() < end:
                line = answer.readline().decode().rstrip("\n")
                if line.startswith("id: "):
                    number = line[4:]
                elif line.startswith("data: "):
                    found.append(json.loads(line[6:]) | {"id": number})
                    if until(found[-1]):
                        return found
            raise AssertionError(f"nothing of it within {limit} s: {found[-3:]}")
        finally:
            connection.close()


def ended(message: Mapping[str, Any]) -> bool:
    """Whether a job is over."""
    return message.get("kind") == "job" and message["job"]["state"] in ("done", "stopped", "failed")


def serving(library: Library, folder: Path, made: Callable[[Chosen], Setup] = prepare) -> Iterator[Site]:
    """A site in a thread of this process."""
    told: dict[str, Any] = {}
    answers = threading.Event()

    def ready(address: str, port: int) -> None:
        told["address"] = address
        answers.set()

    site = Site("", folder, library)
    stop: list[Callable[[], None]] = []

    def log(trace: str) -> str:
        site.bugs.append(trace)
        return ""

    thread = threading.Thread(
        target=server.serve, args=(library, made, server.Place(), ready, log), kwargs={"stops": stop}, daemon=True
    )
    thread.start()
    assert answers.wait(30)
    site.address = told["address"]
    yield site
    stop[0]()
    thread.join(20)
    assert not thread.is_alive()
    assert site.bugs == []
