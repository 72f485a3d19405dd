"""`arc-ttt program`: a program and tasks → what it makes of their grids, and which demonstrations it reproduces."""

from __future__ import annotations

import json as jsonlib
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arc_ttt.types import Grid, Task


def command(
    program: Annotated[
        str,
        typer.Argument(
            metavar="PROGRAM",
            help='Steps of arc_ttt.rules, such as "flip(horizontal) > trim"; what `solve --agents programs` finds.',
        ),
    ],
    source: Annotated[str, typer.Argument(metavar="TASK", help="As for `arc-ttt show`.")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="TASKID", help="By default all.")] = None,
    steps: Annotated[bool, typer.Option("--steps", metavar="", help="Draw the grid after each step.")] = False,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a task.")] = False,
) -> None:
    """Run PROGRAM on a task's grids. Exits with 1 where it does not reproduce every demonstration."""
    from arc_ttt.agents.programs.look import tried
    from arc_ttt.agents.programs.sentence import sentence
    from arc_ttt.arc import render
    from arc_ttt.cli import terminal
    from arc_ttt.cli.show import find
    from arc_ttt.cli.steps import draw
    from arc_ttt.errors import DataError
    from arc_ttt.rules.language import parse_program

    out = terminal.console()
    tasks, chosen = find([source, *(ids or [])])
    if not program.strip():
        raise DataError('not a rule: there is no step in it; such as "flip(horizontal) > trim"')
    said = sentence(parse_program(program))
    by_id = {task.id: task for task in tasks.tasks}
    faults = 0
    if not json:
        terminal.say(out, said)
    for id in chosen:
        task = by_id[id]
        made = tried(program, task)
        right = [grid == pair.output for grid, pair in zip(made, task.demonstrations, strict=True)]
        faults += not all(right)
        if json:
            print(
                jsonlib.dumps(
                    {"task": id, "program": program, "sentence": said} | _document(program, task, made, right)
                )
            )
            continue
        told = ", ".join(str(n) for n, ok in enumerate(right, start=1) if ok) or "none"
        terminal.say(out, f"{id}: {sum(right)} of {len(right)} demonstrations reproduced ({told})")
        out.print(render.tried(task, made))
        for n, test in enumerate(task.tests, start=1):
            out.print()
            terminal.say(out, f"test {n}", "bold")
            draw(out, program, test, every=steps)
    if faults:
        raise typer.Exit(1)


def _document(program: str, task: Task, made: Sequence[Grid | None], right: Sequence[bool]) -> dict[str, Any]:
    from arc_ttt.agents.programs.look import steps

    tests = [steps(program, test) for test in task.tests]
    rows = [[{"step": text, "grid": grid and grid.tolist()} for text, grid in shown] for shown in tests]
    return {"reproduced": list(right), "made": [grid and grid.tolist() for grid in made], "tests": rows}
