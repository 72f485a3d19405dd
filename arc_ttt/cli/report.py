"""`arc-ttt report`: a run's folder → one HTML page with its score, its costs, and every task to look into."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run, which may be going on.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The page.", show_default="RUN/report.html")] = None,
    tasks: Annotated[
        str | None,
        typer.Option(metavar="TASKS", help="Where the run's tasks are now.", show_default="where they were"),
    ] = None,
    solutions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answers; by default those the run was scored by last.")
    ] = None,
    json: Annotated[
        bool,
        typer.Option("--json", metavar="", help="Print what the page shows as one JSON object, and write no page."),
    ] = False,
) -> None:
    """Write a page that shows RUN in a browser: one file, no network."""
    from arc_ttt.cli import terminal
    from arc_ttt.report import page
    from arc_ttt.report.origin import load_tasks
    from arc_ttt.run import store

    config = store.read_config(run)
    results = store.read_results(run)
    loaded = load_tasks(run, config, tasks, solutions, gone=terminal.warn)
    results, left_out = store.own(run, results, loaded.order, loaded.name)
    if left_out:
        terminal.warn(left_out)
    document = page.document(run, config, results, loaded)
    if json:
        print(jsonlib.dumps(document, allow_nan=False))
        return
    path = out or run / page.PAGE
    content = page.render(document)
    page.write(path, content, run)

    shown = terminal.console()
    score = document["score"]
    right = f", {score['outputs']['right']} of {score['outputs']['of']} outputs right" if score else ""
    of = f"{len(results)} of {len(document['tasks'])} tasks" + right
    terminal.say(shown, f"{path}: {of} ({len(content) / 1e6:.1f} MB)")
