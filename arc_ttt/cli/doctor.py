"""`arc-ttt doctor`: what a run would meet on this machine, with a model and perhaps tasks, before it is begun."""

from __future__ import annotations

import dataclasses
import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arc_ttt.cli.choice import choose_prompt, choose_training
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.errors import ArcError

if TYPE_CHECKING:
    from rich.console import Console

    from arc_ttt.run.doctor import Check

MARKS = {"ok": ("✓", "+", "green"), "warning": ("!", "!", "yellow"), "failure": ("✗", "x", "bold red")}
NAMES = 12  # characters of the longest name of a check


def command(
    source: Annotated[
        str | None,
        typer.Argument(metavar="TASKS", help="As for `solve`: their longest task is measured against the memory."),
    ] = None,
    model: Annotated[str, typer.Option(help="As for `solve`.", metavar="NAME|PATH")] = "arc-mini",
    prompt: Annotated[
        str | None,
        typer.Option(help="Prompt format; by default the model's own, else digits.", metavar="NAME|FILE"),
    ] = None,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda:N|mps")] = "auto",
    dtype: Annotated[str, typer.Option(metavar="auto|bfloat16|float32|float16")] = "auto",
    quantize: Annotated[
        str, typer.Option(metavar="none|int8|nf4", help="Store the base in fewer bits; the adapter is not.")
    ] = "none",
    trust_remote_code: Annotated[
        bool, typer.Option("--trust-remote-code", metavar="", help="Run code that comes with the model.")
    ] = False,
    views: Annotated[int, typer.Option(help="Augmented views to answer in.", metavar="N")] = SolveConfig.views,
    max_tokens: Annotated[int, typer.Option(help="Longest sequence.", metavar="N")] = SolveConfig.max_tokens,
    no_ttt: Annotated[bool, typer.Option("--no-ttt", metavar="", help="Answer without training.")] = False,
    rank: Annotated[
        int | None,
        typer.Option("--ttt.rank", metavar="R", help="The LoRA's rank.", show_default=str(TTTConfig.rank)),
    ] = None,
    batch_tokens: Annotated[
        int | None,
        typer.Option(
            "--ttt.batch-tokens", metavar="N", help="Tokens of a batch.", show_default=str(TTTConfig.batch_tokens)
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the run's folder would be.", metavar="FOLDER")] = Path("results"),
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON document.")] = False,
) -> None:
    """Tell what `solve` would meet here: device, precision, memory, model, data. Fails where a run would fail."""
    from arc_ttt.cli import report
    from arc_ttt.run.doctor import worst
    from arc_ttt.run.doctor.examine import Wanted, examine

    sheet = choose_prompt(model, prompt)
    training = choose_training(sheet, {"enabled": not no_ttt, "rank": rank, "batch_tokens": batch_tokens})
    wanted = Wanted(
        source=source,
        model=model,
        sheet=sheet,
        config=SolveConfig(views=views, max_tokens=max_tokens, ttt=training),
        device=device,
        dtype=dtype,
        quantize=quantize,
        trust_remote_code=trust_remote_code,
        out=out,
    )
    shown = report.console()
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
