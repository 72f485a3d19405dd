"""A task → the programs found for it, the best first: search in every frame, finish, weigh the evidence, rank.

The story of the agent in one place. Nothing here sees the answers to the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np

from arc_ttt.agents.programs.decisions import MOST_DECISIONS, decisions
from arc_ttt.agents.programs.evidence import left_out
from arc_ttt.agents.programs.found import Found, information
from arc_ttt.agents.programs.frame import Frame
from arc_ttt.agents.programs.frames import frames
from arc_ttt.agents.programs.joins import MOST_JOINS, joins
from arc_ttt.agents.programs.masks import masks
from arc_ttt.agents.programs.meter import Meter, Trace, cost
from arc_ttt.agents.programs.ranking import oddities, ranked
from arc_ttt.agents.programs.search import Search
from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.agents.programs.singles import single_steps
from arc_ttt.agents.programs.solution import Solution
from arc_ttt.agents.programs.stack import MOST_STACKS, stacks
from arc_ttt.agents.programs.states import compared
from arc_ttt.agents.programs.subgoals import part_by_part
from arc_ttt.arc.clash import clash
from arc_ttt.rules.language import Program, program_text, run
from arc_ttt.types import Grid, Task

# Five to fifteen core-seconds where nothing is found.
BUDGET = 400_000
# What may be spent beyond the budget, as a part of it: on putting together and weighing what was found.
FINISHING = 0.1
# A frame's share for making outputs part by part where its search finds nothing, as a part of its share of the search;
# only frames with so large a share have it.
PARTS, LARGE_SHARE = 0.5, 0.5
# The part of the budget for single steps that a search has not come to, at most, in a frame with half a share or more.
SINGLES = 0.05
# Answers of a search that are looked at, and programs with the same answer.
MOST_ANSWERS, MOST_ALIKE = 8, 5
# Near misses looked at where nothing is found, and the share of cells that may be wrong in them.
MOST_NEAR, MOST_WRONG = 2, 0.1
# Solutions that are told while the search goes on.
MOST_TOLD = 60

# A program's text, a sentence that says it, and its answers to the tests: not weighed yet.
Sketch = tuple[str, str, tuple[Grid, ...]]


def find(
    task: Task,
    budget: float = BUDGET,
    stop: Callable[[], None] = lambda: None,
    *,
    without: Collection[str] = (),
    trace: Trace | None = None,
    tell: Callable[[Sequence[Sketch]], None] | None = None,
) -> tuple[Found, ...]:
    """The programs that reproduce all demonstrations of `task`, the likeliest first, with different outputs each; where
    there are none, those that come near.

    `budget` is in units of what operations cost on average; a tenth more is for what is made of the states that were
    found. No more than that is spent, but for what is at work when it is. `stop` is called every few milliseconds and
    may raise. `without` names levers to do without. `tell` is given what fits as soon as it is met.
    """
    if not task.demonstrations or not task.tests or clash(task) is not None:
        return ()
    outputs = tuple(p.output.cells for p in task.demonstrations)
    inputs = tuple(p.input.cells for p in task.demonstrations) + tuple(t.cells for t in task.tests)
    meter = Meter(stop, trace)
    begun = meter.trace.spent
    views = list(frames(inputs, outputs, without, meter.ask))
    in_parts = [PARTS * f.share if f.share >= LARGE_SHARE and "subgoals" not in without else 0.0 for f in views]
    total = rest = sum(f.share for f in views) + sum(in_parts)
    most = begun + budget * (1 + FINISHING)
    found: list[Found] = []
    for frame, part in zip(views, in_parts, strict=True):
        rest -= frame.share + part
        if meter.trace.spent >= most:
            break
        search = Search(frame.inputs, frame.outputs, meter, without, partial(_is_odd, frame, task, meter))
        if tell is not None:
            meter.heed(watching(search, frame, task, stop, tell))
        meter.until = min(most, meter.trace.spent + budget * frame.share / total)
        search.run()
        if not search.solutions:
            meter.until = min(most, meter.trace.spent + SINGLES * budget * min(1.0, 2 * frame.share))
            single_steps(search)
        if part and not search.solutions:
            meter.until = min(most, meter.trace.spent + budget * part / total)
            part_by_part(search)
        meter.until = most - budget * rest / total  # all but what the searches to come may spend
        found += finished(search, frame, task, without)
        if any(f.sure for f in found):
            break
    return ranked(found)


def watching(
    search: Search, frame: Frame, task: Task, stop: Callable[[], None], tell: Callable[[Sequence[Sketch]], None]
) -> Callable[[], None]:
    """`stop`, which also tells of each solution that the search has met since it was last called."""
    seen = 0

    def look() -> None:
        nonlocal seen
        stop()
        new, seen = search.solutions[seen:], len(search.solutions)
        if new and seen <= MOST_TOLD:
            tell([made for s in new if (made := sketch(frame.wrapped(s.program), task))])

    return look


def _is_odd(frame: Frame, task: Task, meter: Meter, solution: Solution) -> bool:
    program = frame.wrapped(solution.program)
    meter.pay(cost(program, sum(t.cells.size for t in task.tests)))
    made = answered(program, task)
    return made is None or oddities(task, made) > 0


def answered(program: Program, task: Task) -> tuple[Grid, ...] | None:
    """A program's answers; None where a test fails."""
    answers = [run(program, t.cells) for t in task.tests]
    return None if any(a is None for a in answers) else tuple(Grid(a) for a in answers if a is not None)


def sketch(program: Program, task: Task) -> Sketch | None:
    """A program with its sentence and its answers; None where a test fails."""
    made = answered(program, task)
    return None if made is None else (program_text(program), sentence(program), made)


def finished(search: Search, frame: Frame, task: Task, without: Collection[str]) -> list[Found]:
    """What a search has found, and what its states make together: laid upon each other, joined, chosen between."""
    meter = search.meter
    found: list[Found] = []
    for solution in shortest(search):
        found += examined(solution, search, frame, task)
        if not meter.left:
            break
    pieces = [s for s in search.pieces if not s.fitted]
    if "stack" not in without and not any(f.sure for f in found):
        for stack in stacks(pieces, search.outputs, meter)[:MOST_STACKS]:
            found += examined(Solution(stack.program, (), stack.bits), search, frame, task)
    if "join" not in without and not any(f.sure for f in found):
        for join in joins(pieces, search.outputs, meter)[:MOST_JOINS]:
            found += examined(Solution(join.program, (), join.bits), search, frame, task, join.left_out)
        for mask in masks(search.pieces, search.small, search.inputs, search.outputs, meter):
            # What was fitted in it is not fitted anew without a demonstration: it is not proved.
            proved = search.n - 1 if mask.mask.fitted or mask.picture.fitted else None
            found += examined(Solution(mask.program, (), mask.bits), search, frame, task, proved)
    if "decide" not in without and not any(f.sure for f in found):
        for choice in decisions(search.partial, search.inputs, search.n, meter)[:MOST_DECISIONS]:
            found += examined(Solution(choice.program, (), choice.bits), search, frame, task, choice.left_out)
    return [f for f in found if f.exact] or nearest(search, frame, task)


def shortest(search: Search) -> list[Solution]:
    """The shortest few programs for each of the few answers with the shortest programs."""
    kept: dict[tuple[Grid, ...], list[Solution]] = {}
    for s in sorted(search.solutions, key=lambda s: s.bits):
        group = kept.setdefault(tuple(map(Grid, s.grids[search.n :])), [])
        if len(group) < MOST_ALIKE:
            group.append(s)
    return [s for group in list(kept.values())[:MOST_ANSWERS] for s in group]


def nearest(search: Search, frame: Frame, task: Task) -> list[Found]:
    """The states with the fewest wrong cells, if these are few."""
    near = sorted((s for s in search.pieces if s.wrong <= MOST_WRONG), key=lambda s: (s.wrong, s.bits))[:MOST_NEAR]
    return [f for s in near for f in examined(Solution(s.program, (), s.bits), search, frame, task)]


def examined(
    solution: Solution, search: Search, frame: Frame, task: Task, without_one: int | None = None
) -> list[Found]:
    """The find that a solution of a search is for the task as it is, with its evidence; none where a test fails.

    `without_one` says how many demonstrations are predicted from the others, where that is known.
    """
    program = frame.wrapped(solution.program)
    search.meter.pay(cost(program, sum(g.size for g in search.inputs)))
    outputs = answered(program, task)
    if outputs is None:
        return []
    made = [run(program, p.input.cells) for p in task.demonstrations]
    wanted = [p.output.cells for p in task.demonstrations]
    nothing = np.zeros((0, 0), np.uint8)
    wrong, right = compared([nothing if m is None else m for m in made], wanted)
    n = len(wanted)
    if solution.fitted:
        without_one = left_out(solution, search)
    return [
        Found(
            program=program_text(program),
            sentence=sentence(program),
            outputs=outputs,
            bits=solution.bits + frame.bits,
            explained=information([p.input.cells for p in task.demonstrations], wanted),
            reproduced=right.bit_count(),
            demonstrations=n,
            left_out=None if without_one is None else without_one * n // search.n,
            near=wrong,
            odd=oddities(task, outputs),
        )
    ]
