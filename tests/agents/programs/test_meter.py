"""Work is counted, whoever does it, and what is asked in between ends it at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper

import numpy as np
import pytest

from arc_ttt.agents.programs.find import find
from arc_ttt.agents.programs.meter import FAR, Meter, Trace, cost
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import Operation, parse_program
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.work import heard_by, worked
from arc_ttt.types import Grid, Pair, Task

# Calls of functions, of which a million takes a second on the machine where this was written.
MOST_CALLS = 40_000


class Clock:
    """A clock that no other program slows down: it ticks whenever a function is called."""

    def __init__(self) -> None:
        self.ticks = self.last = self.longest = 0

    def tick(self, frame: object, event: str, argument: object) -> None:
        self.ticks += event in ("call", "c_call")

    def look(self) -> None:
        self.longest = max(self.longest, self.ticks - self.last)
        self.last = self.ticks

    @contextmanager
    def running(self) -> Iterator[None]:
        before = sys.getprofile()
        sys.setprofile(self.tick)
        try:
            yield
        finally:
            sys.setprofile(before)


def large(seed: int) -> Task:
    """Grids of 30 × 30 with many things, some of which change by a rule that is hard to find."""
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(4):
        cells = np.zeros((30, 30), np.uint8)
        for _ in range(25):
            r, c, h, w = *rng.integers(0, 26, 2), *rng.integers(1, 5, 2)
            cells[r : r + h, c : c + w] = rng.integers(1, 10)
        made = cells.copy()
        made[cells == rng.integers(1, 10)] = 3
        made[rng.integers(0, 30), rng.integers(0, 30)] = 8
        pairs.append(Pair(Grid(cells), Grid(made)))
    return Task("large", tuple(pairs), (pairs[0].input,))


def small(seed: int) -> Task:
    """The same grids with outputs of another size."""
    task = large(seed)
    pairs = tuple(Pair(p.input, Grid(p.output.cells[:4, :3])) for p in task.demonstrations)
    return Task("small", pairs, task.tests)


def moved() -> Task:
    """Things in small grids that move, of which one is wanted."""
    rng = np.random.default_rng(2)
    pairs = []
    for _ in range(3):
        cells = np.zeros((9, 10), np.uint8)
        for i in range(4):
            cells[2 * i : 2 * i + 1, rng.integers(0, 6) :][:, : 1 + i] = i + 1
        pairs.append(Pair(Grid(cells), Grid(np.roll(cells, 1, axis=0))))
    return Task("moved", tuple(pairs), (pairs[0].input,))


@pytest.mark.parametrize("task", [large(0), small(0)], ids=lambda t: t.id)
def test_stop_is_asked_within_a_tenth_of_a_second_on_large_grids(task: Task) -> None:
    """Counted in calls of functions, so that a loaded machine says the same."""
    clock = Clock()
    np.unique([0])  # its first call imports what it may need
    with clock.running():
        find(task, 12_000, clock.look)
    assert clock.ticks > 2 * MOST_CALLS
    assert clock.longest < MOST_CALLS


class Enough(Exception):
    """What a stop raises that faults must not swallow."""


def test_what_stop_raises_inside_a_fit_ends_the_search() -> None:
    """Also though exceptions of operations are survived."""

    def fit(shown: object, wanted: object) -> Iterator[tuple[int, ...]]:
        worked(1.0)
        yield (1,)

    operation = Operation("told", lambda cells: cells, (), frozenset(), "same size", 1.0, fit)
    answers = iter([False, True])

    def stop() -> None:
        if next(answers):
            raise Enough

    meter = Meter(stop)
    with pytest.raises(Enough):
        meter.read_off(operation, (), (), 1)
    assert meter.stopped and not meter.trace.raised


def test_a_fit_that_takes_far_longer_than_on_average_is_ended() -> None:
    """What it has read off stays, and what it did is paid for."""

    def fit(shown: object, wanted: object) -> Iterator[tuple[int, ...]]:
        for i in range(10_000):
            worked(weights().cost("fit:cut", 0) * FAR + 400)
            yield (i,)

    operation = Operation("cut", lambda cells: cells, (), frozenset(), "same size", 1.0, fit)
    meter = Meter()
    found = meter.read_off(operation, (), (), 99)
    assert found == [(0,), (1,)]
    assert meter.trace.spent > 1000


def test_a_fit_that_fails_is_survived_and_counted() -> None:
    def fit(shown: object, wanted: object) -> Iterator[tuple[int, ...]]:
        yield (1,)
        raise ZeroDivisionError

    operation = Operation("cut", lambda cells: cells, (), frozenset(), "same size", 1.0, fit)
    meter = Meter(trace=(trace := Trace()))
    assert meter.read_off(operation, (), (), 9) == [(1,)]
    assert trace.raised == {"fit:cut": 1}


def test_nobody_listens_by_default() -> None:
    told: list[float] = []
    worked(1.0)
    with heard_by(told.append):
        worked(2.0)
    worked(3.0)
    assert told == [2.0]


def caches() -> list[_lru_cache_wrapper[object]]:
    return [o for o in gc.get_objects() if isinstance(o, _lru_cache_wrapper) and "arc_ttt.rules" in o.__module__]


@pytest.mark.parametrize("task", [large(1), small(1), moved()], ids=lambda t: t.id)
def test_a_fit_tells_the_same_whatever_was_cached(task: Task) -> None:
    """The budget must not depend on what was solved before."""
    grids = tuple(p.input.cells for p in task.demonstrations)
    made = tuple(p.output.cells for p in task.demonstrations)
    known = caches()
    assert len(known) > 5
    for name in (n for n, o in OPERATIONS.items() if o.fit):
        spent = []
        for filled in (False, True):
            for cache in () if filled else known:
                cache.cache_clear()
            meter = Meter()
            meter.read_off(OPERATIONS[name], grids, made, 4)
            spent.append(meter.trace.spent)
        assert spent[0] == spent[1], name


def test_a_program_costs_what_is_in_it() -> None:
    inner, outer = cost(parse_program("trim"), 50), cost(parse_program("overlay([trim], [trim])"), 50)
    assert outer == pytest.approx(2 * inner + weights().cost("overlay", 50))
