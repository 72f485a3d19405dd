"""Results and scores → lines and tables for a person, and the same as values for JSON."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from arc_ttt.arc.jsonio import printable
from arc_ttt.arc.score import Score
from arc_ttt.cli.session import clock
from arc_ttt.run.batch import Summary
from arc_ttt.solve.shares import Share
from arc_ttt.types import Result

LONG = 30
"""With more tasks than this a table of them is shown only on demand."""
_OF_AGENTS = ("asked", "settled", "proposed", "chosen", "right", "core-s\na task", "first\nanswer s")


def console(*, stderr: bool = False) -> Console:
    """A console that colours only what we style."""
    out = Console(highlight=False, markup=False, emoji=False, stderr=stderr)
    if out.width < 1:  # COLUMNS=0, for which rich prints nothing
        out.width = 80
    return out


def _narrow(out: Console) -> bool:
    """Whether a table has to do with few columns."""
    return out.is_terminal and out.width < 64


def say(out: Console, line: str, style: str = "") -> None:
    """Print `line`: wrapped between words on a terminal, as it is anywhere else."""
    out.print(line, style=style, soft_wrap=not out.is_terminal)


def warn(line: str) -> None:
    """Say beside what is printed that something is not as it should be."""
    print(line, file=sys.stderr)


def verdict(correct: Sequence[bool] | None, error: str | None = None, *, ascii_only: bool = False) -> Text:
    """`✓ 2/2`, `✗ 1/2`, `?` where the answers are not known, `!` where there was an error."""
    if error is not None:
        return Text("!", style="bold red")
    if correct is None:
        return Text("?", style="yellow")
    right = all(correct)
    mark = ("+" if right else "-") if ascii_only else ("✓" if right else "✗")
    style = "green" if right else "yellow" if any(correct) else "red"
    return Text(f"{mark} {sum(correct)}/{len(correct)}", style=style)


def loss(result: Result, arrow: str = "→") -> str:
    """The loss before and after adapting, if it was measured, and the word for why training ended early."""
    before, after = result.notes.get("loss_before"), result.notes.get("loss_after")
    why = str(result.notes.get("trained", "")).partition(":")[0]
    return "" if before is None or after is None else f"{before:.2f} {arrow} {after:.2f} {why}".rstrip()


def task_table(results: Sequence[Result], contaminated: Collection[str], out: Console) -> Table:
    """One row for each task, with less on a narrow terminal; `*` marks those that the model's training saw."""
    ascii_only, narrow = out.options.ascii_only, _narrow(out)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("task", no_wrap=True, overflow="ellipsis")
    table.add_column("right", no_wrap=True)
    stages = [name for name in ("search", "adapt", "answer") if any(name in r.seconds for r in results)]
    for name in ("s",) if narrow else (*(f"{stage} s" for stage in stages), "cand."):
        table.add_column(name, justify="right", no_wrap=True)
    if any(loss(r) for r in results) and not narrow:
        table.add_column("loss", no_wrap=True)
    for r in results:
        mark = "*" if r.task in contaminated else ""
        row: list[str | Text] = [printable(r.task) + mark, verdict(r.correct, r.error, ascii_only=ascii_only)]
        if narrow:
            row.append(f"{sum(r.seconds.values()):.1f}" if r.seconds else "")
        else:
            row += [f"{r.seconds[s]:.1f}" if s in r.seconds else "" for s in stages]
            row += [" ".join(str(len(c)) for c in r.candidates), loss(r, "->" if ascii_only else "→")]
        table.add_row(*row[: len(table.columns)])
    return table


def agents_table(agents: Sequence[Share], out: Console) -> Table:
    """What each agent did: tasks asked, and those settled without the others; outputs proposed, chosen and right. With
    less on a narrow terminal."""
    narrow = _narrow(out)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("agent", overflow="fold")
    shown = ("asked", "right", "core-s\na task") if narrow else _OF_AGENTS
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for share in agents:
        right = "?" if share.right is None else str(share.right)
        spent = f"{share.cpu_seconds / max(1, share.asked):.1f}"
        first = f"{share.pace['first_answer']:.1f}" if "first_answer" in share.pace else ""
        if narrow:
            table.add_row(share.agent, str(share.asked), right, spent)
        else:
            numbers = (share.asked, share.settled, share.proposed, share.chosen)
            table.add_row(share.agent, *map(str, numbers), right, spent, first)
    return table


def print_contaminated(out: Console, ids: Sequence[str], run: str = "") -> None:
    """A line about the tasks that the model's training saw, where there are any: those a table marks, or `run`'s."""
    if ids:
        few = ", ".join(map(printable, ids[:4])) + (", …" if len(ids) > 4 else "")
        before, mark = (f"{run}: ", "") if run else ("", " (*)")
        say(out, f"{before}contaminated: the model's training saw {len(ids)} of these tasks{mark}: {few}", "yellow")


def print_agents(out: Console, agents: Sequence[Share]) -> None:
    """Their table, where there is any, between empty lines."""
    if agents:
        out.print()
        table = agents_table(agents, out)
        out.print(table, width=None if out.is_terminal else 120)
        out.print()


def score_lines(score: Score) -> list[str]:
    """Both ways of counting, each with its interval and its name."""
    lines = []
    for by, right, of, share, name in (
        ("outputs", f"{score.outputs_right}", score.outputs, score.by_outputs, "Kaggle's score"),
        ("tasks", f"{score.tasks_right:.5g}", score.tasks, score.by_tasks, "ARC Prize's score"),
    ):
        low, high = score.interval("outputs" if by == "outputs" else "tasks")
        interval = f"95 % interval {100 * low:.1f} to {100 * high:.1f}"
        lines.append(f"by {by:7} {right:>6} of {of:<4} {100 * share:5.1f} % ({interval}) {name}")
    lines.append(f"{score.tasks_solved} of {score.tasks} tasks with every output right")
    return lines


def score_document(score: Score) -> dict[str, Any]:
    """A score for JSON: its counts, both shares (0 to 1) and their 95 % intervals."""
    return dataclasses.asdict(score) | {
        "by_outputs": score.by_outputs,
        "by_outputs_interval": score.interval("outputs"),
        "by_tasks": score.by_tasks,
        "by_tasks_interval": score.interval("tasks"),
    }


def summary_document(summary: Summary, folder: Path) -> dict[str, Any]:
    """A summary for JSON, without the single results."""
    fields = {f.name: getattr(summary, f.name) for f in dataclasses.fields(summary)}
    del fields["results"]
    fields["agents"] = [dataclasses.asdict(share) for share in summary.agents]
    score = None if summary.score is None else score_document(summary.score)
    return fields | {"score": score, "out": str(folder), "submission": str(folder / "submission.json")}


def print_summary(out: Console, summary: Summary, folder: Path, *, tables: bool, verbose: bool) -> None:
    """The table of the tasks where wanted and not too long, the score, the costs, and where the files are."""
    if tables and (verbose or len(summary.results) <= LONG):
        out.print()
        table = task_table(summary.results, summary.contaminated, out)
        # A pipe has no width: nothing is squeezed there.
        out.print(table, width=None if out.is_terminal else 120)
    elif tables:
        out.print(f"\n{len(summary.results)} tasks; --verbose shows a table of them")
    out.print()
    if summary.score is not None:
        for line in score_lines(summary.score):
            say(out, line)
    print_agents(out, summary.agents)
    print_contaminated(out, summary.contaminated)
    for r in summary.results:
        if isinstance(clash := r.notes.get("contradiction"), str):
            say(out, f"{printable(r.task)}: no rule fits: {printable(clash)}", "yellow")
    say(out, _costs(summary))
    out.print(f"{folder}: submission.json, results.jsonl, config.json", soft_wrap=True)


def _costs(summary: Summary) -> str:
    parts = [f"{summary.answered} answered"]
    parts += [f"{summary.skipped} answered before"] if summary.skipped else []
    parts += [f"{len(summary.failed)} failed"] if summary.failed else []
    parts += [f"{len(summary.faulty)} faulty"] if summary.faulty else []
    parts.append(f"{clock(summary.seconds)} min in all" if summary.seconds >= 60 else f"{summary.seconds:.1f} s in all")
    parts += [f"median {summary.median:.1f} s a task"] if summary.median is not None else []
    parts += [f"peak memory {summary.peak_mib:,.0f} MiB"] if summary.peak_mib is not None else []
    return ", ".join(parts)
