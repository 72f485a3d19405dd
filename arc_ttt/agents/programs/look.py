"""A program's text → what it makes of the demonstrations, and what each step makes of a grid."""

from __future__ import annotations

from arc_ttt.rules import operations
from arc_ttt.rules.language import parse_program, run, step_text
from arc_ttt.types import Grid, Task

__all__ = ["operations", "parse_program", "steps", "tried"]


def tried(text: str, task: Task) -> tuple[Grid | None, ...]:
    """What the program `text` makes of the demonstrations' inputs, None where it does not apply; `DataError` where it
    is no program."""
    program = parse_program(text)
    made = [run(program, p.input.cells) for p in task.demonstrations]
    return tuple(None if cells is None else Grid(cells) for cells in made)


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
