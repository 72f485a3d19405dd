"""The search for programs as an agent: what it finds becomes candidates with program, sentence and evidence."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from math import inf

from arc_ttt.agents.agent import Offer, Proposal, Scores
from arc_ttt.agents.effort import Clock, TimeUp
from arc_ttt.agents.programs.find import Sketch, find
from arc_ttt.agents.programs.found import Found
from arc_ttt.agents.programs.meter import Trace
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.config import SolveConfig
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.types import Candidate, Grid, Task

UNIT = 2e-5  # core-seconds for each unit of the budget, measured (results/programs.md)
OFTEN = 0.2  # seconds between two events


class Programs:
    """Searches for programs, one task after another; nothing stays of a task."""

    name = "programs"
    learns = False

    def __init__(self, config: SolveConfig) -> None:
        self.budget = config.programs.budget
        # What it finds depends on the language and its weights.
        weights = resources.files("arc_ttt.agents.programs").joinpath("weights.json").read_bytes()
        self.digests = (sha256(weights + " ".join(sorted(OPERATIONS)).encode()).hexdigest(),)

    def offer(self, task: Task) -> Offer:
        """The whole budget, which is spent where nothing is found."""
        return Offer(cost=UNIT * self.budget)

    @contextlib.contextmanager
    def sit(self, task: Task, clock: Clock, progress: Progress = silent) -> Iterator[Hunt]:
        """Begin with `task`."""
        yield Hunt(task, self.budget, clock, progress)


@dataclass
class Hunt:
    """The search at work on one task."""

    task: Task
    budget: float
    clock: Clock
    progress: Progress
    trace: Trace = field(default_factory=Trace)

    def propose(self) -> Proposal:
        """Search until the budget is spent or something sure is found; what was found by the time that the clock runs
        out."""
        if self.clock.effort.round:  # the first attempt has found all that there is
            return Proposal(((),) * len(self.task.tests))
        begun = told = time.monotonic()

        def stop() -> None:
            nonlocal told
            if time.monotonic() - told > OFTEN:
                told = time.monotonic()
                self.progress(Event(self.task.id, "search", min(1.0, self.trace.spent / self.budget)))
            self.clock.check(first=True)  # a later attempt would not go on where this one stops

        def tell(sketches: Sequence[Sketch]) -> None:
            made = [
                (n, Candidate(grid, (), (), agent=Programs.name, program=program, reason=reason))
                for program, reason, outputs in sketches
                for n, grid in enumerate(outputs)
            ]
            done = min(1.0, self.trace.spent / self.budget)
            self.progress(Event(self.task.id, "search", done, agent=Programs.name, found=tuple(made)))

        found: tuple[Found, ...] = ()
        notes: dict[str, object] = {}
        try:
            heard = None if self.progress is silent else tell
            found = find(self.task, self.budget, stop, trace=self.trace, tell=heard)
        except TimeUp:
            notes["stopped"] = "time was up in the search for programs"
        notes["programs"] = {
            "found": sum(f.exact for f in found),
            "sure": any(f.sure for f in found),
            "states": self.trace.states,
            "operations": self.trace.calls,
        }
        candidates = tuple(tuple(candidate(f, test) for f in found) for test in range(len(self.task.tests)))
        took = time.monotonic() - begun
        pace = {"states_per_second": round(self.trace.states / max(took, 1e-3), 1)}
        if found:
            pace["first_answer"] = round(took if self.trace.met is None else self.trace.met - begun, 3)
        return Proposal(candidates, {"search": round(took, 3)}, notes, pace)

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        """It knows only what it finds itself."""
        return None


def candidate(found: Found, test: int) -> Candidate:
    """What a program answers to one test input, with what speaks for it."""
    evidence = {
        "sure": float(found.sure),
        "bits": round(found.bits, 1),
        "bits explained": round(found.explained, 1),
        "reproduced": found.reproduced,
        "demonstrations": found.demonstrations,
        "agree": found.agree,
        "wrong cells": round(found.near, 4),
        "oddities": found.odd,
    }
    if found.ahead < inf:
        evidence["bits ahead"] = round(found.ahead, 1)
    if found.left_out is not None:
        evidence["predicted when left out"] = found.left_out
    return Candidate(
        found.outputs[test],
        (),
        (),
        agent=Programs.name,
        program=found.program,
        reason=found.sentence,
        evidence=tuple(evidence.items()),
    )
