"""A task → demonstrations that contradict each other: the same input, different outputs."""

from __future__ import annotations

from arc_ttt.types import Grid, Task


def clash(task: Task) -> tuple[int, int] | None:
    """The numbers, from 1 on, of the first two demonstrations that contradict each other; None where none do."""
    first: dict[Grid, int] = {}
    for n, pair in enumerate(task.demonstrations, start=1):
        before = first.setdefault(pair.input, n)
        if task.demonstrations[before - 1].output != pair.output:
            return before, n
    return None


def told(pair: tuple[int, int]) -> str:
    """The contradiction in words."""
    return f"demonstrations {pair[0]} and {pair[1]} have the same input and different outputs"
