"""What a program that comes near leaves over: the task with what the program makes of each input in the input's place.
A learner that is trained on this has less to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from arc_ttt.agents.agent import Proposal
from arc_ttt.rules import language, operations  # noqa: F401  (operations make themselves known)
from arc_ttt.solve.pool import programs
from arc_ttt.types import Candidate, Cells, Grid, Pair, Task

WORTH = 0.9  # of the cells that are wrong in the inputs, at most so many may be wrong in what a program makes of them


@dataclass(frozen=True)
class Residual:
    """A task that begins where a program ends; `begun` is one of the program's candidates."""

    task: Task
    begun: Candidate

    def signed(self, proposal: Proposal, name: str) -> Proposal:
        """What a learner proposes to it, as a proposal of agent `name` to the task itself: each candidate names the
        program and its share of wrong cells."""
        reason = f"{self.begun.reason.removesuffix('.')}; the rest is learned."
        evidence = tuple((key, value) for key, value in self.begun.evidence if key == "wrong cells")
        found = tuple(
            tuple(replace(c, agent=name, program=self.begun.program, reason=reason, evidence=evidence) for c in some)
            for some in proposal.found
        )
        notes: dict[str, object] = {"residual": {"program": self.begun.program, **dict(evidence), **_told(proposal)}}
        notes |= {"read": proposal.notes["read"]} if "read" in proposal.notes else {}
        return replace(proposal, found=found, notes=notes)


def residual(task: Task, proposals: Sequence[Proposal], most: float) -> Residual | None:
    """What the nearest of the proposed programs leaves over, if that is a task: at most the share `most` of its cells
    is wrong, clearly fewer than in the inputs, and no demonstrations contradict each other. None where a program makes
    all demonstrations."""
    made = [c for proposal in proposals for c in programs(proposal.found[0])] if task.tests else []
    if any(c.exact for c in made):
        return None
    inputs = [pair.input.cells for pair in task.demonstrations]
    wanted = [pair.output for pair in task.demonstrations]
    enough = min(most, WORTH * wrong(inputs, wanted))
    for begun in sorted(made, key=_wrong):
        if _wrong(begun) > enough:
            break
        grids = _run(begun.program, [*inputs, *(test.cells for test in task.tests)])
        if grids is None:
            continue
        pairs = tuple(Pair(grid, output) for grid, output in zip(grids, wanted, strict=False))
        if len({pair.input for pair in pairs}) == len(set(pairs)):
            return Residual(Task(task.id, pairs, tuple(grids[len(pairs) :])), begun)
    return None


def wrong(made: Sequence[Cells], wanted: Sequence[Grid]) -> float:
    """The share of cells that differ; 1 where a size does."""
    if any(m.shape != w.cells.shape for m, w in zip(made, wanted, strict=True)):
        return 1.0
    differ = sum(int(np.count_nonzero(m != w.cells)) for m, w in zip(made, wanted, strict=True))
    return differ / max(1, sum(w.cells.size for w in wanted))


def _wrong(candidate: Candidate) -> float:
    return dict(candidate.evidence).get("wrong cells", 1.0)


def _run(program: str, inputs: Sequence[Cells]) -> list[Grid] | None:
    """What `program` makes of all of them."""
    steps = language.parse_program(program)
    grids = [language.run(steps, cells) for cells in inputs]
    return None if any(g is None for g in grids) else [Grid(g) for g in grids if g is not None]


def _told(proposal: Proposal) -> dict[str, object]:
    """What is worth keeping of a learner's notes: those of the task itself stand under their own names."""
    return {name: proposal.notes[name] for name in ("lesson_tokens", "loss_after", "stopped") if name in proposal.notes}
