"""`arc-ttt show`: tasks → their grids in the terminal, and with a run its attempts and votes beside the truth; with a
prompt format what a model reads of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.errors import ConfigError, DataError
from arc_ttt.paths import exists

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.types import Candidate, Grid, Result, Task

CANDIDATES = 5
"""So many candidates of each test are listed."""


def command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help="A task file, a task of a source such as arc1:training/007bbfb7 or data/samples/01-mirror, "
            "or a source with the ids of its tasks; with --run an id is enough.",
        ),
    ],
    ids: Annotated[list[str] | None, typer.Argument(metavar="TASKID", help="By default all.")] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Show this run's attempts, votes and costs, too.")
    ] = None,
    prompt: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help="Instead, the text that a model reads of it in this prompt format."),
    ] = None,
    view: Annotated[
        int | None,
        typer.Option(
            metavar="K", help="In a run's K-th view, or its K-th lesson; by default the task as it is.", min=1
        ),
    ] = None,
    test: Annotated[int | None, typer.Option(metavar="N", help="Of test input N. [default: 1]", min=1)] = None,
    lesson: Annotated[bool, typer.Option("--lesson", metavar="", help="A lesson, not the question.")] = False,
    tokens: Annotated[
        bool, typer.Option("--tokens", metavar="", help="Each token: its id, and whether it carries loss.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|FOLDER", help="Whose tokenizer writes the prompt; no weights are read."),
    ] = None,
) -> None:
    """Show TASK: demonstrations, tests and, where known, answers."""
    from arc_ttt.arc import render
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli import terminal
    from arc_ttt.report import page
    from arc_ttt.run import store

    results: dict[str, Result] = {}
    seen: object = ()
    reads = {"--view": view, "--test": test, "--lesson": lesson, "--tokens": tokens, "--model": model}
    if prompt is not None or any(reads.values()):
        tasks, chosen = find(source, ids or [])
        read([task for task in tasks.tasks if task.id in chosen], prompt, run, reads)
        return
    if run is None:
        tasks, chosen = find(source, ids or [])
    else:
        config = store.read_config(run)
        results, seen = store.read_results(run), config.get("seen")
        if exists(source) or ":" in source or "/" in source:
            tasks, chosen = find(source, ids or [])
        else:  # an id alone is one of the run's own tasks
            tasks = page.load_tasks(run, config, None, None)
            chosen = pick(tasks, str(run), [source, *(ids or [])])
        if not any(id in results for id in chosen):
            raise DataError(f"{printable(str(run))}: has no result of {printable(', '.join(chosen[:3]))}")
    out = terminal.console()
    by_id = {task.id: task for task in tasks.tasks}
    for n, id in enumerate(chosen):
        result = results.get(id)
        attempts = None if result is None else result.prediction.attempts
        if n:
            out.print()
        out.print(render.task(by_id[id], tasks.solutions, attempts))
        if result is not None:
            out.print()
            contaminated = isinstance(seen, list) and id in seen
            tell(out, by_id[id], result, tasks.solutions.get(id, ()), contaminated=contaminated)


def read(tasks: Sequence[Task], prompt: str | None, run: Path | None, asked: Mapping[str, Any]) -> None:
    """Print what a model reads of `tasks`. `ConfigError` for options that contradict each other."""
    if prompt is None:
        idle = next(name for name, value in asked.items() if value)
        raise ConfigError(f"{idle} is for --prompt: name a prompt format")
    if run is not None:
        raise ConfigError("--run shows what became of a task, --prompt what is asked: leave one of them out")
    if asked["--lesson"] and asked["--test"]:
        raise ConfigError("--test is for a question, and --lesson shows a lesson: leave one of them out")
    from arc_ttt.cli.prompts import show

    show(tasks, prompt, **{name.lstrip("-"): value for name, value in asked.items()})


def tell(out: Console, task: Task, result: Result, answers: Sequence[Grid], *, contaminated: bool = False) -> None:
    """What a run has of one task: costs, candidates, and the programs behind its attempts, step by step."""
    from arc_ttt.cli import terminal
    from arc_ttt.cli.steps import draw

    if result.error is not None:
        terminal.say(out, f"failed: {result.error}", "red")
    terminal.say(out, costs(result))
    if contaminated:
        terminal.say(out, "Contaminated: the model's training saw it.")
    for i, (candidates, attempts) in enumerate(zip(result.candidates, result.prediction.attempts, strict=False)):
        out.print(votes(f"test {i + 1}", candidates, attempts, answers[i] if i < len(answers) else None))
        for candidate in candidates:
            if candidate.program and candidate.grid in attempts:
                terminal.say(out, f"attempt {attempts.index(candidate.grid) + 1}: {candidate.reason}")
                draw(out, candidate.program, task.tests[i], every=True)


def find(source: str, ids: Sequence[str]) -> tuple[TaskSet, tuple[str, ...]]:
    """The tasks that are meant: `source` and `ids`, or `source/id` where there is no such path."""
    from arc_ttt.arc import dataset
    from arc_ttt.arc.jsonio import printable

    if not ids and not exists(source) and "/" in source:
        head, _, id = source.rstrip("/").rpartition("/")
        if ":" in head or (head and exists(head)):
            source, ids = head, [id.removesuffix(".json")]
    if exists(source) and all((Path(source) / name).is_file() for name in ("config.json", "results.jsonl")):
        raise DataError(printable(f"{source}: is a run; show a task of it with `arc-ttt show TASKID --run {source}`"))
    tasks = dataset.load(source)
    return tasks, pick(tasks, source, ids)


def pick(tasks: TaskSet, where: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The tasks `ids`, by default all that could be read; `where` begins the message about one that is not there."""
    from arc_ttt.arc.jsonio import printable

    faults = {fault.task: fault.message for fault in tasks.faults}
    for id in ids:
        if id in faults:
            raise DataError(faults[id])
        if id not in tasks.order:
            raise DataError(f"{printable(where)}: has no task {printable(id)}")
    return tuple(ids) or tuple(task.id for task in tasks.tasks)


def costs(result: Result) -> str:
    """Seconds by stage and the loss before and after training; then, one sentence a line, what else was spent and why
    it ended."""
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli import terminal
    from arc_ttt.report.page import seconds
    from arc_ttt.report.spent import sentences

    parts = [f"{stage} {value:.1f} s" for stage, value in seconds(result).items()]
    parts += [f"loss {change}"] if (change := terminal.loss(result)) else []
    return "\n".join([", ".join(parts) or "no costs were measured", *map(printable, sentences(result.notes))])


def votes(title: str, candidates: Sequence[Candidate], attempts: Sequence[Grid], answer: Grid | None) -> Table:
    """The candidates of one test: the agent that found each, how many views did, its mean log-probability there and,
    where candidates were scored, in the scoring views, and what became of it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(title, no_wrap=True)
    table.add_column("agent", no_wrap=True)
    scored = any(c.scores for c in candidates)
    for name in ("views", "log p", *(["score"] if scored else []), "size"):
        table.add_column(name, justify="right")
    table.add_column("")
    total = sum(len(c.views) for c in candidates)
    truth = [i for i, c in enumerate(candidates) if c.grid == answer]
    for i, c in enumerate(candidates):
        used = [n for n, attempt in enumerate(attempts, start=1) if attempt == c.grid]
        if i >= CANDIDATES and not used and i not in truth:
            continue
        remark = ["right"] if i in truth else []
        remark += [f"attempt {n}" for n in used]
        means = [f"{math.fsum(of) / len(of):.2f}" if of else "" for of in (c.logprobs, *([c.scores] if scored else []))]
        size = f"{c.grid.height}×{c.grid.width}"
        style = "green" if i in truth else None
        table.add_row(
            f"{i + 1}",
            c.agent,
            f"{len(c.views)}/{total}" if c.views else "",
            *means,
            size,
            ", ".join(remark),
            style=style,
        )
    if answer is not None and not truth:
        table.caption = Text("no view gave the answer", style="red")
        table.caption_justify = "left"
    return table
