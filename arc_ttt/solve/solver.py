"""One task, from demonstrations to two attempts: agents propose answers, a vote chooses among them."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from arc_ttt.agents.agent import Agent, Found, Proposal, Sitting
from arc_ttt.agents.effort import FULL, Clock, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.agents.recipe import Equipment, Recipe
from arc_ttt.agents.traits import UNLIKE, unlike
from arc_ttt.arc.clash import clash, told
from arc_ttt.config import UNSCORED, SolveConfig
from arc_ttt.solve.pool import continued, learned, programs
from arc_ttt.solve.residual import residual
from arc_ttt.solve.route import order, settled
from arc_ttt.solve.vote import ATTEMPTS, chances, together
from arc_ttt.types import Candidate, Prediction, Result, Task

OPINIONS = 4  # of the programs' answers to a test input that learners are asked about


class Solver:
    """Solves tasks one after another with its `agents`. `digest` identifies the settings and what the agents' answers
    depend on."""

    def __init__(self, agents: Sequence[Agent], config: SolveConfig) -> None:
        self.agents, self.config = tuple(agents), config
        self.digest = config.digest(*(digest for agent in self.agents for digest in agent.digests))

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        """The task's prediction with its candidates and costs. Sees no answer to a test; `correct` stays None.

        An agent that fails costs its own proposals only, and its fault is noted; where no other has proposed anything,
        the first fault is raised.
        """
        if not isinstance(task, Task):
            raise TypeError(f"a solver takes a Task, not a {type(task).__name__}; `load(...).tasks` holds tasks")
        # 1. The agents propose.
        heard = self._ask(task, Clock(effort), progress)
        # 2. Two attempts for each test input.
        begun = time.monotonic()
        found: Found = tuple(
            tuple(candidate for proposal in heard.proposals for candidate in proposal.found[test])
            for test in range(len(task.tests))
        )
        config = self.config
        attempts = tuple(tuple(c.grid for c in together(config.vote, f, config.judge)[:ATTEMPTS]) for f in found)
        # 3. What it took.
        seconds = defaultdict[str, float](float)
        for proposal in heard.proposals:
            for stage, spent in proposal.seconds.items():  # several learners have the same stages
                seconds[stage] += spent
        seconds["vote"] = heard.voting + time.monotonic() - begun
        notes = {name: note for proposal in reversed(heard.proposals) for name, note in proposal.notes.items()}
        notes["agents"] = heard.spent
        notes |= chances(found, attempts)
        if (pair := clash(task)) is not None:
            notes["contradiction"] = told(pair)
        if heard.faults:
            notes["failed"] = {name: f"{type(fault).__name__}: {fault}" for name, fault in heard.faults.items()}
        if effort.round:
            notes["round"] = effort.round
        took = {stage: round(spent, 3) for stage, spent in seconds.items()}
        return Result(Prediction(task.id, attempts), found, None, took, notes)

    def _ask(self, task: Task, clock: Clock, progress: Progress) -> Heard:
        """Ask the agents, the cheapest first, until what one more costs is not worth it; and where scores decide, ask
        learners about the others' answers."""
        heard, sittings = Heard(), list[tuple[Sitting, Proposal]]()
        with contextlib.ExitStack() as table:
            for agent in order(self.agents, task, near=self.config.near > 0):
                if not self.config.ask_all and settled(heard.proposals, len(task.tests), self.config.enough):
                    said = "not asked: what is found is sure enough"
                    progress(Event(task.id, "route", 1.0, agent=agent.name, said=said))
                    break
                if agent.learns:
                    self._go_on(agent, task, clock, progress, heard)
                progress(Event(task.id, "route", 0.0, agent=agent.name, said=self._terms(agent, task)))
                with heard.listening(agent.name, progress, task) as listen:
                    sitting = table.enter_context(agent.sit(task, clock, progress))
                    listen(proposal := self._compared(task, sitting.propose()))
                    sittings.append((sitting, proposal))
            if heard.faults and not any(some for proposal in heard.proposals for some in proposal.found):
                raise next(iter(heard.faults.values()))
            progress(Event(task.id, "vote", 0.0))
            if self.config.vote not in UNSCORED:
                begun = time.monotonic()
                heard.proposals += [self._compared(task, said) for said in opinions(sittings, heard.proposals)]
                heard.voting = time.monotonic() - begun
        return heard

    def _go_on(self, agent: Agent, task: Task, clock: Clock, progress: Progress, heard: Heard) -> None:
        """Where no program makes all demonstrations and one comes near, have a learner go on from what that makes."""
        left = residual(task, heard.proposals, self.config.near) if self.config.near else None
        if left is None:
            return
        name = f"programs+{agent.name}"
        progress(Event(task.id, "route", 0.0, agent=name, said=f"asked: a program comes near: {left.begun.reason}"))
        half = clock.half()  # the task as it is has as much
        with heard.listening(name, progress, task) as listen, agent.sit(left.task, half, progress) as sitting:
            listen(self._compared(task, left.signed(sitting.propose(), name)))

    def _compared(self, task: Task, proposal: Proposal) -> Proposal:
        """A proposal whose candidates say how unlike the demonstrations' outputs they are, unless that is not asked."""
        return replace(proposal, found=compared(task, proposal.found)) if self.config.traits else proposal

    def _terms(self, agent: Agent, task: Task) -> str:
        """How an agent comes to be asked."""
        if len(self.agents) == 1:
            return "asked: there is no other agent"
        return f"asked: it expects to take {agent.offer(task).cost:.0f} core-seconds at most"


def compared(task: Task, found: Found) -> Found:
    """The candidates with how unlike the demonstrations' outputs each of them is among their evidence; what has been
    told before stays."""
    told = []
    for given, some in zip(task.tests, found, strict=False):
        of = unlike(task.demonstrations, given)
        told.append(tuple(c if c.compared else replace(c, evidence=(*c.evidence, (UNLIKE, of(c.grid)))) for c in some))
    return tuple(told)


@dataclass
class Heard:
    """What the agents said: their proposals, what each spent, and who failed. `voting` is what learners took to score
    others' answers, in seconds."""

    proposals: list[Proposal] = field(default_factory=list)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)
    faults: dict[str, Exception] = field(default_factory=dict)
    voting: float = 0.0

    @contextlib.contextmanager
    def listening(self, name: str, progress: Progress, task: Task) -> Iterator[Callable[[Proposal], None]]:
        """While an agent works: its one proposal is taken down, and what it spent; an exception is its fault alone."""
        at, cpu, pace, read = time.monotonic(), time.process_time(), dict[str, float](), dict[str, float]()

        def listen(proposal: Proposal) -> None:
            self.proposals.append(proposal)
            pace.update(proposal.pace)
            read.update(proposal.notes.get("read", {}))  # a model; that is no cost of the task's
            found = tuple((n, c) for n, some in enumerate(proposal.found) for c in some)
            progress(Event(task.id, "propose", 1.0, agent=name, found=found))

        try:
            yield listen
        except Exception as fault:  # noqa: BLE001  whatever it is, the others go on
            self.faults[name] = fault
        seconds = time.monotonic() - at - read.get("seconds", 0.0)
        cpu_seconds = time.process_time() - cpu - read.get("cpu_seconds", 0.0)
        self.spent[name] = {"seconds": round(seconds, 3), "cpu_seconds": round(cpu_seconds, 3), **pace}


def opinions(sittings: Sequence[tuple[Sitting, Proposal]], proposals: Sequence[Proposal]) -> list[Proposal]:
    """What each learner, still at the table with what it proposed, thinks of grids that only others found, programs or
    other learners: candidates of no view, with its scores."""
    asked = []
    for found in zip(*(proposal.found for proposal in proposals), strict=True):
        everything = [c for some in found for c in some]
        asked.append([*learned(everything), *continued(everything)[:OPINIONS], *programs(everything)[:OPINIONS]])
    added = []
    for sitting, proposal in sittings:
        # Who had no time to score its own would have none for others'.
        name = next((c.agent for some in proposal.found for c in some if c.scores), None)
        if name is None:
            continue
        known = [{c.grid for c in some} for some in proposal.found]
        others = [
            list(dict.fromkeys(c.grid for c in some if c.grid not in mine))
            for some, mine in zip(asked, known, strict=True)
        ]
        if any(others) and (scores := sitting.opinion(others)) is not None:
            judged = tuple(
                tuple(Candidate(g, (), (), s, name) for g, s in zip(grids, marks, strict=True))
                for grids, marks in zip(others, scores, strict=True)
            )
            added.append(Proposal(judged))
    return added


@dataclass(frozen=True)
class Factory:
    """How to make a solver on a device, in this process or in another one: `solver, equipment = factory(device)`."""

    recipe: Recipe

    def __call__(self, device: str) -> tuple[Solver, Equipment]:
        agents, equipment = self.recipe(device)
        return Solver(agents, self.recipe.config), equipment
