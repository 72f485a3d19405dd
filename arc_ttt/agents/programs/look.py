"""A program's text → which demonstrations it reproduces, and what each step makes of a grid."""

from __future__ import annotations

from arc_ttt.rules import operations
from arc_ttt.rules.language import parse_program, run, step_text
from arc_ttt.types import Grid, Task

__all__ = ["check", "operations", "steps"]


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
