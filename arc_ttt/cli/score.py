"""`arc-ttt score`: a submission and the answers → both scores, with a table of the tasks if they are few."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer

from arc_ttt.paths import exists


def command(
    submission: Annotated[Path, typer.Argument(metavar="SUBMISSION|RUN", help="A submission.json, or a run's folder.")],
    solutions: Annotated[
        str | None,
        typer.Argument(
            metavar="SOLUTIONS",
            help="A solutions file, tasks with their answers (a folder, a file, arc1:evaluation), or a run that knows "
            "them; by default those of the tasks that the run was to solve.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object.")] = False,
) -> None:
    """Score SUBMISSION by outputs (Kaggle) and by tasks (ARC Prize), with 95 % intervals."""
    from arc_ttt.arc import score
    from arc_ttt.arc import submission as files
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli import source
    from arc_ttt.run.store import SUBMISSION, read_config, unfinished

    is_folder = exists(str(submission)) and submission.is_dir()
    path = submission / SUBMISSION if is_folder else submission
    attempts = files.read(path)
    answers = source.of_the_run(path.parent) if solutions is None else source.answers(solutions)
    if solutions is None:  # a submission is complete, however few tasks were chosen
        attempts = {id: mine for id, mine in attempts.items() if id in answers}
    total, correct = score.score_submission(attempts, answers, printable(str(path)))
    missing = [id for id in answers if id not in attempts]
    is_run = source.is_run(str(path.parent)) and path.name == SUBMISSION
    left = unfinished(path.parent) if is_run else ()
    saw = {*read_config(path.parent).get("seen", ())} if is_run else set()
    seen = [id for id in correct if id in saw]

    from arc_ttt.cli import terminal

    if json:
        told = {"missing": missing, "unfinished": left, "contaminated": seen, "correct": correct}
        print(jsonlib.dumps(terminal.score_document(total) | told))
        return
    from rich.table import Table

    out = terminal.console()
    if len(correct) <= terminal.LONG:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column("task", no_wrap=True, overflow="ellipsis")
        table.add_column("right", no_wrap=True)
        for id, row in correct.items():
            table.add_row(printable(id) + "*" * (id in saw), terminal.verdict(row, ascii_only=out.options.ascii_only))
        out.print(table)
        out.print()
    if missing:
        few = ", ".join(missing[:4]) + (", …" if len(missing) > 4 else "")
        terminal.say(out, f"not in the submission, so counted as wrong: {few} ({len(missing)} in all)")
    counted = sum(id in correct for id in left)
    for n, lacks, one, several in (
        (counted, "no result in this run, so far", "counts as wrong", "count as wrong"),
        (len(left) - counted, "neither a result in this run nor answers", "does not count", "do not count"),
    ):
        if n:
            terminal.say(out, f"{n} {'task has' if n == 1 else 'tasks have'} {lacks}, and {one if n == 1 else several}")
    for line in terminal.score_lines(total):
        terminal.say(out, line)
    terminal.print_contaminated(out, seen)
