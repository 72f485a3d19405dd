"""`arc-ttt compare`: runs → what each gains over the first on the tasks that both have, with an exact test."""

from __future__ import annotations

import dataclasses
import json as jsonlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from arc_ttt.report.compare import Comparison, Run

FEW = 12
"""So many tasks and settings are named."""


def command(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="Folders of runs; the first is the measure.")],
    solutions: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|TASKS", help="Answers, as for `score`; by default those that the runs were scored by last."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object.")] = False,
) -> None:
    """Compare each RUN with the first, task by task: outputs won and lost, an exact test, seconds."""
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli import source, terminal
    from arc_ttt.report.compare import compare, read_runs

    if len(runs) < 2:
        raise ConfigError("compare needs two runs or more")
    first, *others = read_runs(runs, None if solutions is None else source.answers(solutions))
    for run in (first, *others):
        for line in filter(None, (run.left_out, run.unscored)):
            print(line, file=sys.stderr)
    comparisons = [compare(first, other) for other in others]
    if json:
        documents = [_document(other, c) for other, c in zip(others, comparisons, strict=True)]
        print(jsonlib.dumps({"first": str(first.folder), "contaminated": first.contaminated, "comparisons": documents}))
        return
    out = terminal.console()
    out.print(_table((first, *others), out), width=None if out.is_terminal else 120)
    for run in (first, *others):
        terminal.print_contaminated(out, run.contaminated, printable(str(run.folder)))
    for other, c in zip(others, comparisons, strict=True):
        out.print()
        _show(first, other, c, out)


def _document(other: Run, c: Comparison) -> dict[str, Any]:
    from arc_ttt.cli.terminal import score_document

    fields = {f.name: getattr(c, f.name) for f in dataclasses.fields(c)}
    scores = {"first": score_document(c.first), "second": score_document(c.second)}
    costs = {"costs": None if c.costs is None else dataclasses.asdict(c.costs)}
    tests = {"p_outputs": c.p_outputs, "p_tasks": c.p_tasks}
    marks = {"contaminated": other.contaminated}
    return {"run": str(other.folder)} | fields | scores | costs | tests | marks


def _table(runs: Sequence[Run], out: Console) -> Table:
    """Each run by itself, on all of its own tasks."""
    import statistics

    from rich.table import Table

    from arc_ttt.arc.jsonio import printable
    from arc_ttt.arc.score import total
    from arc_ttt.report.page import seconds

    names = [run.folder.resolve().name for run in runs]
    if len(set(names)) < len(names):
        names = [str(run.folder) for run in runs]
    failed = [sum(r.error is not None for r in run.results.values()) for run in runs]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("run", overflow="fold")
    for name in ("tasks", "right", "% (95 % interval)", "by tasks", *(["failed"] if any(failed) else []), "median s"):
        table.add_column(name, justify="right", no_wrap=True)
    for run, name, errors in zip(runs, names, failed, strict=True):
        score = total(r.correct for r in run.results.values() if r.correct)
        low, high = (100 * bound for bound in score.interval("outputs"))
        known = score.outputs > 0
        times = [sum(t) for r in run.results.values() if r.error is None and (t := seconds(r).values())]
        cells = [
            f"{len(run.results)}",
            f"{score.outputs_right} of {score.outputs}" if known else "?",
            f"{100 * score.by_outputs:.1f} ({low:.1f} to {high:.1f})" if known else "",
            f"{100 * score.by_tasks:.1f}" if known else "",
            *([f"{errors}"] if any(failed) else []),
            f"{statistics.median(times):.1f}" if times else "",
        ]
        table.add_row(printable(name), *cells)
    return table


def _show(first: Run, other: Run, c: Comparison, out: Console) -> None:
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli.terminal import say

    names = [printable(str(run.folder)) for run in (other, first)]
    say(out, f"{names[0]} against {names[1]}", "bold")
    rest = [f"{n} only in {name}" for n, name in zip((c.only_second, c.only_first), names, strict=True) if n]
    say(out, "  " + "; ".join([f"{c.both} tasks in both", *rest]))
    if not c.same_tasks:
        say(out, "  the task sets differ (by their digests): tasks are paired by their ids alone", "yellow")
    if c.changed:
        few = [printable(f"{name} {b} (not {a})") for name, (a, b) in c.changed.items()]
        say(out, "  with " + ", ".join(few[:FEW]) + (f" and {len(few) - FEW} more" if len(few) > FEW else ""))
    if not c.first.outputs:
        say(out, "  the answers are not known: nothing says which is better", "yellow")
    else:
        for by, won, lost, gain, p in (
            ("outputs", c.outputs_won, c.outputs_lost, c.second.by_outputs - c.first.by_outputs, c.p_outputs),
            ("tasks", len(c.won), len(c.lost), c.second.by_tasks - c.first.by_tasks, c.p_tasks),
        ):
            of = c.first.outputs if by == "outputs" else c.first.tasks
            test = f"exact sign test p = {p:.2g}"
            say(out, f"  by {by:7} won {won}, lost {lost} of {of}: {100 * gain:+.1f} points  ({test})")
        for name, ids, style in (("won ", c.won, "green"), ("lost", c.lost, "red")):
            if ids:
                more = f" and {len(ids) - FEW} more" if len(ids) > FEW else ""
                say(out, f"  {name} {', '.join(map(printable, ids[:FEW]))}{more}", style)
    if c.costs is not None:
        (a, b), (all_a, all_b) = c.costs.median, c.costs.total
        say(
            out,
            f"  seconds, {c.costs.n} tasks that both answered: median {b:.1f} (not {a:.1f}), in all {all_b:.0f} "
            f"(not {all_a:.0f}), task by task × {c.costs.ratio:.2f} in the median",
        )
