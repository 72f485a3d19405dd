"""`arc-ttt score`: a submission and the answers → both scores, with a table of the tasks if they are few."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer


def command(
    submission: Annotated[Path, typer.Argument(metavar="SUBMISSION", help="A submission.json.")],
    solutions: Annotated[
        str,
        typer.Argument(
            metavar="SOLUTIONS",
            help="A solutions file, or tasks with their answers: a folder, a file, arc1:evaluation …",
        ),
    ],
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object.")] = False,
) -> None:
    """Score SUBMISSION by outputs (Kaggle) and by tasks (ARC Prize), with 95 % intervals."""
    from arc_ttt.arc import score
    from arc_ttt.arc import submission as files
    from arc_ttt.arc.jsonio import printable

    attempts = files.read(submission)
    answers = score.read_solutions(solutions)
    total, correct = score.score_submission(attempts, answers, printable(str(submission)))
    missing = [id for id in answers if id not in attempts]

    from arc_ttt.cli import terminal

    if json:
        print(jsonlib.dumps(terminal.score_document(total) | {"missing": missing, "correct": correct}))
        return
    from rich.table import Table

    out = terminal.console()
    if len(correct) <= terminal.LONG:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column("task", no_wrap=True, overflow="ellipsis")
        table.add_column("right", no_wrap=True)
        for id, row in correct.items():
            table.add_row(id, terminal.verdict(row, ascii_only=out.options.ascii_only))
        out.print(table)
        out.print()
    if missing:
        few = ", ".join(missing[:4]) + (", …" if len(missing) > 4 else "")
        terminal.say(out, f"not in the submission, so counted as wrong: {few} ({len(missing)} in all)")
    for line in terminal.score_lines(total):
        terminal.say(out, line)
