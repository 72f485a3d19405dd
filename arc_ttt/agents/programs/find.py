"""A task → the programs found for it, the best first: search, stack, check, rank.

The story of the agent in one place. Nothing here sees the answers to the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from arc_ttt.agents.programs.evidence import left_out
from arc_ttt.agents.programs.found import Found
from arc_ttt.agents.programs.search import Search, Solution, Trace
from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.rules.language import program_text
from arc_ttt.types import Grid, Task

# About ten core-seconds where nothing is found.
BUDGET = 1_000_000
# Programs handed on at most.
MOST = 8


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
    search = Search(inputs, outputs, budget, stop, without, trace)
    search.run()
    return ranked(search.solutions, search)


def contradicting(task: Task) -> bool:
    """Whether one input has two outputs."""
    made: dict[Grid, Grid] = {}
    return any(made.setdefault(p.input, p.output) != p.output for p in task.demonstrations)


def ranked(solutions: list[Solution], search: Search) -> tuple[Found, ...]:
    """Solutions with the same outputs are one find; the shortest program stands for it."""
    by_outputs: dict[tuple[Grid, ...], list[Solution]] = {}
    for s in sorted(solutions, key=lambda s: s.bits):
        by_outputs.setdefault(tuple(map(Grid, s.grids[search.n :])), []).append(s)
    found = []
    for outputs, group in list(by_outputs.items())[:MOST]:
        best = group[0]
        out = left_out(best, search) if best.fitted else None
        found.append(
            Found(program_text(best.program), sentence(best.program), outputs, best.bits, search.n, search.n, out, 0.0, len(group))
        )
    return tuple(sorted(found, key=lambda f: (f.left_out is not None and f.left_out < search.n, f.bits - len_bonus(f.agree))))


def len_bonus(agree: int) -> float:
    """Bits that agreeing programs are worth."""
    return float(min(agree - 1, 4))
