"""A program and a grid → the grid after each step, drawn in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from arc_ttt.types import Grid


def draw(out: Console, program: str, grid: Grid, *, every: bool) -> None:
    """The grid, and what the program makes of it, or of `every` step, side by side with the steps' texts."""
    from rich.columns import Columns
    from rich.console import Group
    from rich.text import Text

    from arc_ttt.agents.programs.look import steps
    from arc_ttt.arc import render

    made = steps(program, grid)
    shown = [("input", grid), *(made if every else [(program, made[-1][1])] if made else [])]
    out.print(
        Columns(
            [
                Group(Text(text), Text("does not apply", style="red") if one is None else render.grid(one))
                for text, one in shown
            ],
            padding=(0, 3),
        )
    )
