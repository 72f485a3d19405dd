"""`arc-ttt runs`: folders → the runs in them, with score, tasks, costs and date."""

from __future__ import annotations

import datetime as dt
import json as jsonlib
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.errors import ArcError, ConfigError
from arc_ttt.paths import exists

if TYPE_CHECKING:
    from arc_ttt.types import Result


def command(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER", help="Where to look; by default results/.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a run.")] = False,
) -> None:
    """List the runs in FOLDERs, the newest first: what each was about, how far it is, what it scored and what it took.

    Scores are those that the runs say themselves; `arc-ttt compare` and `arc-ttt report` score again.
    """
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli import terminal

    found = []
    for folder in folders or [Path("results")]:
        if not exists(str(folder)):
            raise ConfigError(f"{printable(str(folder))}: no such folder")
        for run in _runs(folder):
            try:
                found.append(_row(run))
            except ArcError as fault:  # the others can still be told of
                print(fault, file=sys.stderr)
    found.sort(key=lambda row: str(row["date"]), reverse=True)
    if json:
        for row in found:
            print(jsonlib.dumps(row))
        return
    out = terminal.console()
    if not found:
        terminal.say(out, "no runs here")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("run", overflow="fold")
    table.add_column("date", no_wrap=True)
    for name in ("tasks", "right", "core-s"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("of", overflow="fold")
    for row in found:
        right = "" if row["outputs"] is None else f"{row['right']}/{row['outputs']}"
        tasks = f"{row['finished']}/{row['tasks']}"
        spent = "" if row["core_seconds"] is None else f"{row['core_seconds']:,.0f}"
        cells = (str(row["run"]), str(row["date"])[:16].replace("T", " "), tasks, right, spent, str(row["name"]))
        table.add_row(*map(printable, cells))
    out.print(table, width=None if out.is_terminal else 120)


def _runs(folder: Path) -> Iterator[Path]:
    """The runs in a folder, which may be one itself."""
    for path in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())) if folder.is_dir() else ():
        if (path / "config.json").is_file():
            yield path


def _row(folder: Path) -> dict[str, Any]:
    """One run for a reader, or for JSON."""
    from arc_ttt.arc import score
    from arc_ttt.run import store

    config, results = store.read_config(folder), store.read_results(folder)
    known = [result.correct for result in results.values() if result.correct]
    total = score.total(known) if known else None
    changed = dt.datetime.fromtimestamp((folder / store.RESULTS).stat().st_mtime)
    return {
        "run": str(folder),
        "name": str((config.get("tasks") or {}).get("name")),
        "model": str((config.get("model") or {}).get("name")),
        "date": changed.isoformat(timespec="seconds"),
        "finished": sum(result.error is None for result in results.values()),
        "failed": sum(result.error is not None for result in results.values()),
        "tasks": len(config.get("chosen") or results),
        "right": None if total is None else total.outputs_right,
        "outputs": None if total is None else total.outputs,
        "core_seconds": _spent(results.values()),
    }


def _spent(results: Any) -> float | None:
    """Core-seconds, where the results have measured them."""
    told: list[Result] = list(results)
    costs = [result.notes.get("cpu_seconds") for result in told]
    numbers = [float(cost) for cost in costs if isinstance(cost, int | float)]
    return round(math.fsum(numbers), 1) if numbers else None
