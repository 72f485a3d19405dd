"""`arc-ttt doctor`: what a run would meet on this machine, with a model and perhaps tasks, before it is begun."""

from __future__ import annotations

import dataclasses
import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.cli import options
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ArcError

if TYPE_CHECKING:
    from rich.console import Console

    from arc_ttt.doctor import Check

MARKS = {"ok": ("✓", "+", "green"), "warning": ("!", "!", "yellow"), "failure": ("✗", "x", "bold red")}
NAMES = 12  # characters of the longest name of a check


@options.takes(
    RunConfig,
    SolveConfig,
    only=(
        *("model", "prompt", "trust_remote_code", "device", "dtype", "quantize", "workers"),
        *("views", "max_tokens", "ttt.enabled", "ttt.rank", "ttt.batch_tokens"),
    ),
)
def command(
    ctx: typer.Context,
    source: Annotated[
        list[str] | None,
        typer.Argument(metavar="TASKS", help="As for `solve`: their longest task is measured against the memory."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the run's folder would be.", metavar="FOLDER")] = Path("results"),
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON document.")] = False,
    **_: Any,
) -> None:
    """Tell what `solve` would meet here: device, precision, memory, model, data. Fails where a run would fail."""
    from arc_ttt.cli import terminal
    from arc_ttt.cli.asked import settle
    from arc_ttt.cli.crew import crew
    from arc_ttt.cli.source import find
    from arc_ttt.doctor import worst
    from arc_ttt.doctor.examine import Wanted, examine

    asked = settle(ctx)
    wanted = Wanted(
        source=tuple(source or ()),
        model=asked.run.model,
        sheet=asked.sheet,
        config=asked.config,
        device=asked.run.device,
        dtype=asked.run.dtype,
        quantize=asked.run.quantize,
        trust_remote_code=asked.run.trust_remote_code,
        workers=lambda tasks: asked.run.workers or crew(asked, tasks).workers or 1,
        out=out,
        load=lambda words: find(words).tasks,
    )
    shown = terminal.console()
    found = []
    for check in examine(wanted):
        found.append(check)
        if not json:
            _show(check, shown)
    failed = dict.fromkeys(check.name for check in found if check.verdict == "failure")
    if json:
        print(jsonlib.dumps({"verdict": worst(found), "checks": [dataclasses.asdict(check) for check in found]}))
    elif not failed:
        warned = sum(1 for check in found if check.verdict == "warning")
        print("a run would work here" + (f"; {warned} warning{'s'[: warned > 1]}" if warned else ""))
    if failed:
        print(f"error: a run would fail here: {', '.join(failed)}", file=sys.stderr)
        raise typer.Exit(ArcError.exit_code)


def _show(check: Check, out: Console) -> None:
    """A row: the verdict's sign, what was looked at, what was found, and under it what to do."""
    from rich.table import Table
    from rich.text import Text

    sign, plain, style = MARKS[check.verdict]
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=1)
    row.add_column(width=NAMES, no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(plain if out.options.ascii_only else sign, style=style), check.name, check.found)
    if check.advice:
        arrow = "->" if out.options.ascii_only else "→"
        row.add_row("", "", Text(f"{arrow} {check.advice}", style="bold"))
    out.print(row)
