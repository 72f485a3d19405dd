"""A task → the programs found for it, the best first: search in every frame, stack, weigh the evidence, rank.

The story of the agent in one place. Nothing here sees the answers to the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from math import inf

from arc_ttt.agents.programs.decisions import MOST_DECISIONS, decisions
from arc_ttt.agents.programs.evidence import left_out
from arc_ttt.agents.programs.found import Found, information
from arc_ttt.agents.programs.frames import Frame, frames
from arc_ttt.agents.programs.joins import MOST_JOINS, joins
from arc_ttt.agents.programs.search import Search, Solution, Trace
from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.agents.programs.stack import Stack, stacks
from arc_ttt.agents.programs.states import State, compared
from arc_ttt.rules.language import parse_program, program_text, run, step_text
from arc_ttt.types import Grid, Task

# Some twenty core-seconds where nothing is found.
BUDGET = 600_000
# Programs handed on at most, and stacks of each frame that are looked at.
MOST, MOST_STACKS = 8, 4
# Bits that programs which agree are worth each, and how many count.
AGREEING_BITS, MOST_AGREEING = 1.5, 4
# Near misses handed on where nothing is found, and the share of cells that may be wrong in them.
MOST_NEAR, MOST_WRONG = 2, 0.1


def find(
    task: Task,
    budget: float = BUDGET,
    stop: Callable[[], None] = lambda: None,
    *,
    without: Collection[str] = (),
    trace: Trace | None = None,
) -> tuple[Found, ...]:
    """The programs that reproduce all demonstrations of `task`, the likeliest first, with different outputs each.

    `budget` is in units of what operations cost on average. `stop` is called every few milliseconds and may raise.
    `without` names operations and levers to do without.
    """
    if not task.demonstrations or not task.tests or contradicting(task):
        return ()
    outputs = tuple(p.output.cells for p in task.demonstrations)
    inputs = tuple(p.input.cells for p in task.demonstrations) + tuple(t.cells for t in task.tests)
    views = list(frames(inputs, outputs, without))
    total = sum(f.share for f in views)
    trace = trace or Trace()
    found: list[Found] = []
    nearest: list[Found] = []
    for frame in views:
        search = Search(frame.inputs, frame.outputs, budget * frame.share / total, stop, without, trace)
        search.run()
        solutions = _shortest(search.solutions, search.n)
        pieces = [s for s in search.pieces if not s.fitted]
        if "stack" not in without and not any(search.convincing(s.bits) for s in solutions):
            solutions += _of_stacks(stacks(pieces, search.outputs, stop))
        here = [f for s in solutions for f in _found(s, search, frame, task)]
        if "join" not in without and not any(f.sure for f in here):
            for j in joins(pieces, search.outputs, stop)[:MOST_JOINS]:
                if (grids := j.grids()) is not None:
                    whole = _found(Solution(j.program, (), j.bits, grids), search, frame, task)
                    here += [replace(f, left_out=j.left_out * f.demonstrations // search.n) for f in whole]
        if "decide" not in without and not any(f.sure for f in here):
            for d in decisions(search.partial, search.inputs, search.n)[:MOST_DECISIONS]:
                whole = _found(Solution(d.program, (), d.bits, ()), search, frame, task)
                here += [replace(f, left_out=d.left_out * f.demonstrations // search.n) for f in whole]
        found += [f for f in here if f.exact]
        if any(f.sure for f in found):
            break
        nearest += (
            []
            if found
            else [
                f
                for s in near_misses(search)
                for f in _found(Solution(s.program, (), s.bits, s.grids), search, frame, task)
            ]
        )
    return ranked(found) or tuple(sorted(nearest, key=lambda f: (-f.reproduced, f.near, f.bits)))[:MOST_NEAR]


def contradicting(task: Task) -> bool:
    """Whether one input has two outputs."""
    made: dict[Grid, Grid] = {}
    return any(made.setdefault(p.input, p.output) != p.output for p in task.demonstrations)


def _shortest(solutions: list[Solution], n: int) -> list[Solution]:
    """The shortest few of those that agree on the tests, of the shortest few answers."""
    kept: dict[tuple[Grid, ...], list[Solution]] = {}
    for s in sorted(solutions, key=lambda s: s.bits):
        group = kept.setdefault(tuple(map(Grid, s.grids[n:])), [])
        if len(group) <= MOST_AGREEING:
            group.append(s)
    return [s for group in list(kept.values())[:MOST] for s in group]


def _of_stacks(found: list[Stack]) -> list[Solution]:
    return [Solution(s.program, (), s.bits, g) for s in found[:MOST_STACKS] if (g := s.grids()) is not None]


def _found(solution: Solution, search: Search, frame: Frame, task: Task) -> list[Found]:
    """The find that a solution in a frame is, if it holds for the task itself: one, or none."""
    program = frame.wrapped(solution.program)
    made = [run(program, p.input.cells) for p in task.demonstrations]
    answers = [run(program, t.cells) for t in task.tests]
    if any(a is None for a in answers):
        return []
    pairs = [(m, p.output.cells) for m, p in zip(made, task.demonstrations, strict=True)]
    right = [m is not None and m.shape == o.shape and bool((m == o).all()) for m, o in pairs]
    n = len(pairs)
    out = left_out(solution, search) * n // search.n if solution.fitted else None
    outputs = tuple(Grid(a) for a in answers if a is not None)
    near, _ = compared([m for m, _ in pairs if m is not None], [o for m, o in pairs if m is not None])
    text = program_text(program)
    explained = information([p.input.cells for p in task.demonstrations], [o for _, o in pairs])
    return [Found(text, sentence(program), outputs, solution.bits + frame.bits, explained, sum(right), n, out, near)]


def near_misses(search: Search) -> list[State]:
    """The states with the fewest wrong cells, if these are few, one for each answer to the tests."""
    kept: dict[tuple[Grid, ...], State] = {}
    for state in sorted(search.pieces, key=lambda s: (s.wrong, s.bits)):
        if state.wrong > MOST_WRONG or len(kept) == MOST_NEAR:
            break
        kept.setdefault(tuple(map(Grid, state.grids[search.n :])), state)
    return list(kept.values())


def ranked(found: list[Found]) -> tuple[Found, ...]:
    """The likeliest first; those with the same outputs are one, for which the best of them stands."""
    by_outputs: dict[tuple[Grid, ...], list[Found]] = {}
    for f in found:
        by_outputs.setdefault(f.outputs, []).append(f)
    merged = []
    for group in by_outputs.values():
        best = min(group, key=lambda f: (not f.sure, f.bits))
        merged.append(replace(best, agree=len({f.program for f in group})))
    merged = [replace(f, ahead=min([r.bits - f.bits for r in merged if r is not f], default=inf)) for f in merged]
    return tuple(sorted(merged, key=_unlikely)[:MOST])


def _unlikely(f: Found) -> tuple[bool, float, str]:
    missed = 0 if f.left_out is None else f.demonstrations - f.left_out
    bits = f.bits * (1 + missed) - AGREEING_BITS * min(f.agree - 1, MOST_AGREEING)
    return not f.sure, bits, f.program


def check(text: str, task: Task) -> tuple[bool, ...]:
    """Which demonstrations the program `text` reproduces; `DataError` where it is no program."""
    program = parse_program(text)
    made = [run(program, p.input.cells) for p in task.demonstrations]
    return tuple(g is not None and Grid(g) == p.output for g, p in zip(made, task.demonstrations, strict=True))


def steps(text: str, grid: Grid) -> tuple[tuple[str, Grid | None], ...]:
    """Each step's text with the grid after it, up to the first step that does not apply (None)."""
    shown: list[tuple[str, Grid | None]] = []
    current = grid
    for step in parse_program(text):
        made = run((step,), current.cells)
        shown.append((step_text(step), None if made is None else Grid(made)))
        if made is None:
            break
        current = Grid(made)
    return tuple(shown)
