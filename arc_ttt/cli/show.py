"""`arc-ttt show`: tasks → their grids in the terminal, and with a run its attempts and votes beside the truth; with a
prompt format what a model reads of them.
"""

from __future__ import annotations

import dataclasses
import json as jsonlib
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.cli import source
from arc_ttt.cli.source import is_run, is_source
from arc_ttt.errors import ConfigError, DataError
from arc_ttt.paths import exists

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.types import Candidate, Grid, Result, Task

CANDIDATES = 5
"""So many candidates of each test are listed."""
VIEWS = 10_000
"""As many as a run may have."""


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TASKS [TASKID]",
            help="As for `solve`: a task file, arc1:training/007bbfb7, a folder; also a source and the ids of its "
            "tasks, or a run, whose tasks are listed. With --run an id is enough.",
        ),
    ] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Show this run's attempts, votes and costs, too.")
    ] = None,
    solutions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answers; by default those beside the tasks, or the run's.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a task.")] = False,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the grids into this file, too.")] = None,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="The same without words.")] = None,
    prompt: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help="Instead, the text that a model reads of it in this prompt format."),
    ] = None,
    view: Annotated[
        int | None,
        typer.Option(
            metavar="K",
            help="In a run's K-th view, or its K-th lesson; by default the task as it is.",
            min=1,
            max=VIEWS,
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
    """Show tasks: demonstrations, tests and, where known, answers."""
    from arc_ttt.cli import terminal

    words, given = words or [], run
    if run is None and words and (found := _run_in(words)) is not None:
        run, words = found
    if run is None and not words:
        raise ConfigError("name a task, or a run with --run")
    reads = {"--view": view, "--test": test, "--lesson": lesson, "--tokens": tokens, "--model": model}
    if prompt is not None or any(reads.values()):
        draws = {"--json": json, "--svg": svg, "--png": png, "--solutions": solutions}
        if prompt is not None and (name := next((name for name, value in draws.items() if value), None)):
            raise ConfigError(f"{name} is for the grids, --prompt shows what is asked: leave one of them out")
        known, _ = ([], "") if given is not None else _sheets(words, run, solutions)
        read([sheet.task for sheet in known if sheet.task is not None], prompt, given, reads)
        return
    drawings = _drawings(svg, png)
    sheets, left = _sheets(words, run, solutions)
    for path in drawings:
        _draw(path, sheets)
    if json:
        for sheet in sheets:
            print(jsonlib.dumps(document(sheet)))
        return
    out = terminal.console()
    if run is not None and not words:
        _list(out, run, sheets, left)
        return
    if run is not None:
        _check_programs(run, [sheet.result for sheet in sheets if sheet.result is not None])
    draw_all(out, sheets)


@dataclass(frozen=True)
class Sheet:
    """A task with all that is known of it; `task` is None for one of a run whose tasks are not at hand."""

    id: str
    task: Task | None
    answers: tuple[Grid, ...]
    result: Result | None = None
    seen: bool = False


def _drawings(svg: Path | None, png: Path | None) -> list[Path]:
    """The files that are to be drawn; `ConfigError` where a name has another ending."""
    for path, ending in ((svg, ".svg"), (png, ".png")):
        if path is not None and path.suffix.lower() != ending:
            raise ConfigError(f"--{ending[1:]} {path}: must end in {ending}")
    return [path for path in (svg, png) if path is not None]


def _run_in(words: Sequence[str]) -> tuple[Path, list[str]] | None:
    """The run that `words` begin with, `RUN`, `RUN TASKID` or `RUN/TASKID`, and the ids; None where they name none."""
    head, _, id = words[0].rstrip("/").rpartition("/")
    if is_run(words[0]):
        return Path(words[0]), list(words[1:])
    if len(words) == 1 and head and is_run(head) and not exists(words[0]):
        return Path(head), [id]
    return None


def _sheets(words: Sequence[str], run: Path | None, solutions: Path | None) -> tuple[list[Sheet], str]:
    """What is to be shown, and a line about what is not at hand."""
    from arc_ttt.arc.jsonio import printable
    from arc_ttt.cli.terminal import warn
    from arc_ttt.report.origin import load_tasks
    from arc_ttt.run import store

    if run is None:
        tasks, ids = find(words, solutions=solutions)
        by_id = {task.id: task for task in tasks.tasks}
        return [Sheet(id, by_id[id], tasks.solutions.get(id, ())) for id in ids], ""
    config, results = store.read_config(run), store.read_results(run)
    own: TaskSet | None = None
    missing = ""
    try:
        own = load_tasks(run, config, None, solutions, advice="name them before the id", gone=warn)
    except DataError as fault:
        missing = str(fault)
    if words and any(map(is_source, words)):
        tasks, ids = find(words, solutions=None if own else solutions)
    elif own is not None:
        tasks, ids = own, pick(own, str(run), words)
    elif words:
        raise DataError(missing)
    else:
        return [Sheet(id, None, (), result) for id, result in results.items()], missing
    if words and not any(id in results for id in ids):
        why = "; not reached yet: the run's command goes on" if {*ids} <= {*config.get("chosen", ())} else ""
        raise DataError(f"{printable(str(run))}: has no result of {printable(', '.join(ids[:3]))}{why}")
    by_id = {task.id: task for task in tasks.tasks}
    seen = config.get("seen", [])
    sheets = []
    for id in ids:
        # The run may know answers that the tasks named here do not bring.
        same = own is not None and by_id[id] in own.tasks
        answers = tasks.solutions.get(id) or (own.solutions.get(id, ()) if own is not None and same else ())
        sheets.append(Sheet(id, by_id[id], answers, results.get(id), id in seen))
    return sheets, ""


def _check_programs(run: Path, results: Sequence[Result]) -> None:
    """`DataError` that names the run's file and the task where a program to be drawn is none: changed by hand, or of a
    version with other operations."""
    from arc_ttt.agents.programs.look import parse_program
    from arc_ttt.arc.jsonio import printable

    for result in results:
        for candidates, attempts in zip(result.candidates, result.prediction.attempts, strict=False):
            for candidate in candidates:
                if candidate.program and candidate.grid in attempts:
                    try:
                        parse_program(candidate.program)
                    except DataError as fault:
                        where = printable(f"{run / 'results.jsonl'}: task {result.task}")
                        raise DataError(f"{where}: the program of an attempt is {printable(str(fault))}") from fault


def _list(out: Console, run: Path, sheets: Sequence[Sheet], missing: str) -> None:
    """A run's tasks, one a line, and its score."""
    from arc_ttt.arc.score import total
    from arc_ttt.cli import terminal
    from arc_ttt.run import store
    from arc_ttt.solve.shares import shares

    if missing:
        print(f"{missing}; what is right is not known", file=sys.stderr)
    results = [scored(sheet) for sheet in sheets if sheet.result is not None]
    seen = [sheet.id for sheet in sheets if sheet.seen]
    chosen = {*store.read_config(run).get("chosen", ())}
    # Also those whose file has faults since.
    asked = {*chosen, *(sheet.id for sheet in sheets if not chosen or sheet.result is not None)}
    terminal.say(out, f"{run}: {len(results)} of {len(asked)} tasks finished")
    if results:
        out.print(terminal.task_table(results, seen, out), width=None if out.is_terminal else 120)
    if known := [result.correct for result in results if result.correct]:
        out.print()
        for line in terminal.score_lines(total(known)):
            terminal.say(out, line)
    terminal.print_contaminated(out, [result.task for result in results if result.task in seen])
    terminal.print_agents(out, shares(results, {sheet.id: sheet.answers for sheet in sheets if sheet.answers}))
    terminal.say(out, f"`arc-ttt show {run} TASKID` shows one of them")


def scored(sheet: Sheet) -> Result:
    """The result with what is right by the answers at hand alone."""
    from arc_ttt.arc.score import correctness

    assert sheet.result is not None
    try:
        right = correctness(sheet.result.prediction.attempts, sheet.answers) if sheet.answers else None
    except DataError as fault:
        raise DataError(f"task {sheet.id}: {fault}") from fault
    return dataclasses.replace(sheet.result, correct=right)


def _draw(path: Path, sheets: Sequence[Sheet]) -> None:
    """The grids of all tasks as one picture: a row for each demonstration and each test."""
    from arc_ttt.arc import picture

    rows = []
    for sheet in sheets:
        if (task := sheet.task) is None:
            raise DataError(f"task {sheet.id}: its grids are not at hand")
        for n, pair in enumerate(task.demonstrations, start=1):
            rows.append(picture.Row(((f"{task.id} {n}: input", pair.input), ("output", pair.output))))
        for n, test in enumerate(task.tests):
            shown = [(f"{task.id} test {n + 1}: input", test)]
            shown += [("answer", sheet.answers[n])] if n < len(sheet.answers) else []
            attempts = () if sheet.result is None else sheet.result.prediction.attempts
            given = attempts[n] if n < len(attempts) else ()
            shown += [(f"attempt {i}", grid) for i, grid in enumerate(given, start=1)]
            rows.append(picture.Row(shown))
    picture.write(path, rows)


def document(sheet: Sheet) -> dict[str, Any]:
    """All that is known of a task, for JSON: grids are lists of rows."""
    from arc_ttt.run.records import fields

    made: dict[str, Any] = {"task": sheet.id, "seen": sheet.seen}
    if (task := sheet.task) is not None:
        made["train"] = [{"input": d.input.tolist(), "output": d.output.tolist()} for d in task.demonstrations]
        made["test"] = [test.tolist() for test in task.tests]
    made["answers"] = [answer.tolist() for answer in sheet.answers] or None
    made["result"] = None if sheet.result is None else fields(scored(sheet))
    return made


def draw_all(out: Console, sheets: Sequence[Sheet]) -> None:
    """The grids of each task, and what a run has of it."""
    from arc_ttt.arc import render

    for n, sheet in enumerate(sheets):
        assert sheet.task is not None
        if n:
            out.print()
        attempts = None if sheet.result is None else sheet.result.prediction.attempts
        out.print(render.task(sheet.task, {sheet.id: sheet.answers} if sheet.answers else None, attempts))
        if sheet.result is not None:
            out.print()
            tell(out, sheet.task, sheet.result, sheet.answers, contaminated=sheet.seen)


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
    from arc_ttt.solve.shares import shares

    if result.error is not None:
        terminal.say(out, f"failed: {result.error}", "red")
    terminal.say(out, costs(result))
    if contaminated:
        terminal.say(out, "Contaminated: the model's training saw it.")
    terminal.print_agents(out, shares([result], {result.task: tuple(answers)} if answers else {}))
    for i, (candidates, attempts) in enumerate(zip(result.candidates, result.prediction.attempts, strict=False)):
        out.print(votes(f"test {i + 1}", candidates, attempts, answers[i] if i < len(answers) else None))
        for n, grid in enumerate(attempts, start=1):
            # A program that a learner went on from may make the same by itself.
            behind = next((c for c in candidates if c.program and c.grid == grid), None)
            if behind is not None:
                terminal.say(out, f"attempt {n}: {behind.reason}{nearly(behind)}")
                draw(out, behind.program, task.tests[i], every=True)


def nearly(candidate: Candidate) -> str:
    """What a program that does not make all demonstrations gets wrong of them."""
    known = dict(candidate.evidence)
    if candidate.exact or "wrong cells" not in known:
        return ""
    shown = f", {known['reproduced']:.0f} of {known['demonstrations']:.0f} right" if "reproduced" in known else ""
    return f" Only nearly: {known['wrong cells']:.1%} of the demonstrations' cells are wrong{shown}."


def find(words: Sequence[str], *, solutions: Path | None = None) -> tuple[TaskSet, tuple[str, ...]]:
    """The tasks that are meant: those of the sources `words`, or of the first one those with the ids after it."""
    more = words[1:]
    sources = list(words) if all(map(source.is_source, more)) else [words[0]]
    tasks = source.find(sources, solutions).tasks
    return tasks, pick(tasks, words[0], words[len(sources) :])


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

    from arc_ttt.agents.traits import MOST_UNLIKE

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
        if c.scores and not c.views and not c.program:  # another agent's answer, which this one was asked about
            remark = ["only scored"]
        remark += ["unlike the demonstrations"] if c.unlike > MOST_UNLIKE else []
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
        table.caption = Text("no candidate is the answer", style="red")
        table.caption_justify = "left"
    return table
