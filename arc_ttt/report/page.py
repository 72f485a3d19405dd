"""A run's folder and its tasks → one HTML page that needs nothing else: a document as JSON, and what shows it.

Everything a person may see of the run is in the document; the template beside this module draws it in the browser, task
by task, when it is asked for. What the run's files say is not trusted: it reaches the page as data only.
"""

from __future__ import annotations

import contextlib
import dataclasses
import html
import json
import math
import os
import statistics
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from arc_ttt.arc import score
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.report.agents import agents_document
from arc_ttt.report.origin import part
from arc_ttt.report.spent import number, sentences, spent, training
from arc_ttt.report.verdict import Verdict, verdict
from arc_ttt.run import store
from arc_ttt.types import Candidate, Grid, Result, Task

PAGE = "report.html"
_ABOUT = ("model", "prompt", "tasks", "source", "machine", "machines", "digest")  # of a run's configuration
_HERE = Path(__file__).parent
_DATA, _TITLE = "__DATA__", "__TITLE__"  # once each in the template, the title first


def document(folder: Path, config: Mapping[str, Any], results: Mapping[str, Result], tasks: TaskSet) -> dict[str, Any]:
    """Everything the page shows, ready for JSON: the run, its score, its costs, and each task with all that is known.

    Raises `StoreError` for a result that is not of these tasks.
    """
    by_id, faults = {task.id: task for task in tasks.tasks}, {fault.task: fault for fault in tasks.faults}
    outcomes: dict[str, Verdict] = {}
    chosen = config.get("chosen") or tasks.order
    order = [id for id in tasks.order if not isinstance(chosen, Collection) or id in chosen or id in results]
    for id in (*order, *results):
        if id not in outcomes:
            outcomes[id] = _verdict(folder, id, results.get(id), tasks)
    seen = config.get("seen")
    seen = {id for id in seen if isinstance(id, str)} if isinstance(seen, list) else set()
    finished, clock = _finished(results)
    costs = {id: spent(result, part(config, "settings")) for id, result in results.items() if result.error is None}
    rows = []
    for id in order:
        row = {"id": id, "seen": id in seen, "finished": finished.get(id)}
        error = faults[id].message if id in faults else None
        row |= _task(by_id.get(id), tasks.solutions.get(id), results.get(id), outcomes[id])
        if id in costs:
            row["spent"] = dataclasses.asdict(costs[id]) | {"said": sentences(results[id].notes)}
        rows.append(row | ({"state": "failed", "error": error} if error else {}))
    known = {id: o.right for id in results if (o := outcomes[id]).right}
    page: dict[str, Any] = _brief(
        {
            "name": folder.resolve().name,
            "version": config.get("arc-ttt"),
            "about": {name: config.get(name) for name in _ABOUT},
            "settings": config.get("settings"),
            "score": score_document(known.values()),
            "stages": _stages(results.values()),
            "agents": agents_document(results, tasks.solutions),
            "training": training(list(costs.values())),
            "clock": clock,
            "curve": _curve(known, finished),
            "tasks": rows,
        }
    )
    return page


def render(document: Mapping[str, Any]) -> str:
    """The page that shows `document`. It loads nothing, and nothing in `document` can become markup or code."""
    head, _, rest = template(_HERE / "page.html").partition(_TITLE)
    middle, _, tail = rest.partition(_DATA)
    # A script element ends at the first "</script", and "<!--" changes how it is read: without "<" there is neither.
    data = json.dumps(document, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    return head + html.escape(printable(f"arc-ttt: {document['name']}")) + middle + data + tail


def template(path: Path) -> str:
    """The page in the file `path` with what all pages share in it: how they look, and what draws grids and charts."""
    page = path.read_text(encoding="utf-8")
    for mark, name in (("__LOOK__", "look.css"), ("__DRAW__", "draw.js")):
        page = page.replace(mark, (_HERE / name).read_text(encoding="utf-8"), 1)
    return page


def write(path: Path, page: str, run: Path) -> None:
    """Put `page` into the file `path`, at once or not at all. Raises `ConfigError` for a file that is the run's own,
    `StoreError` where it cannot be written."""
    where = printable(str(path))
    if path.name in (store.CONFIG, store.RESULTS, store.SUBMISSION, store.ERRORS) and _same(path.parent, run):
        raise ConfigError(f"{where}: belongs to the run; name another --out")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(page.encode("utf-8", "backslashreplace"))
            temporary.replace(path)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as fault:
        raise StoreError(f"{where}: cannot be written: {fault.strerror}") from fault


def score_document(correct: Iterable[tuple[bool, ...]]) -> dict[str, Any] | None:
    """Both ways of counting with their 95 % intervals (shares from 0 to 1); None where nothing is known."""
    if not (rows := list(correct)):
        return None
    total = score.total(rows)
    return {
        "outputs": {"right": total.outputs_right, "of": total.outputs, "share": total.by_outputs}
        | {"interval": total.interval("outputs")},
        "tasks": {"right": total.tasks_right, "of": total.tasks, "share": total.by_tasks}
        | {"interval": total.interval("tasks")},
        "solved": total.tasks_solved,
    }


def seconds(result: Result) -> dict[str, float]:
    """Seconds by stage, of those that are numbers."""
    numbers = {stage: number(value) for stage, value in result.seconds.items()}
    return {str(stage): value for stage, value in numbers.items() if value is not None}


def row(task: Task, answers: Sequence[Grid] | None, result: Result) -> dict[str, Any]:
    """What `document` says of one task that has a result."""
    told: dict[str, Any] = _brief({"id": task.id} | _task(task, answers, result, verdict(result, answers)))
    return told


def _verdict(folder: Path, id: str, result: Result | None, tasks: TaskSet) -> Verdict:
    where = printable(f"{folder / store.RESULTS}: task {id}")
    if id not in tasks.order:
        raise StoreError(f"{where}: is not among the tasks of {tasks.name}")
    if result is not None:
        for what, count in (("attempts", len(result.prediction.attempts)), ("candidates", len(result.candidates))):
            if count not in (0, tasks.tests(id)):
                raise StoreError(f"{where}: {what} for {count} test inputs, but it has {tasks.tests(id)}")
    return verdict(result, tasks.solutions.get(id))


def _task(task: Task | None, answers: Sequence[Grid] | None, result: Result | None, o: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {"state": o.state, "near": o.near, "among": o.among, "right": o.right}
    row["outputs"] = [{"wrong": x.wrong, "cells": x.cells, "rank": x.rank} for x in o.outputs]
    if task is not None:
        row["demonstrations"] = [[rows(d.input), rows(d.output)] for d in task.demonstrations]
        row["tests"] = [rows(test) for test in task.tests]
    if answers is not None:
        row["answers"] = [rows(answer) for answer in answers]
    if result is None:
        return row
    return row | {
        "error": result.error,
        "seconds": seconds(result),
        "notes": dict(result.notes),
        "attempts": [[rows(grid) for grid in attempts] for attempts in result.prediction.attempts],
        "candidates": [[_candidate(c) for c in with_opinions(found)] for found in result.candidates],
    }


def with_opinions(found: Iterable[Candidate]) -> list[Candidate]:
    """`found` without the opinions of grids that others found (no view, no program); a grid that has no scores of its
    own has those of the first opinion."""
    told, opinions = list[Candidate](), dict[Grid, Candidate]()
    for c in found:
        if c.views or c.program:
            told.append(c)
        else:
            opinions.setdefault(c.grid, c)
    known = {c.grid for c in told}
    told += [c for grid, c in opinions.items() if grid not in known]
    return [
        dataclasses.replace(c, scores=opinions[c.grid].scores) if not c.scores and c.grid in opinions else c
        for c in told
    ]


def _candidate(c: Candidate) -> dict[str, Any]:
    texts = {"agent": c.agent, "program": c.program, "reason": c.reason, "evidence": dict(c.evidence)}
    return {"grid": rows(c.grid), "views": c.views, "logprobs": c.logprobs, "scores": c.scores, **texts}


def rows(grid: Grid) -> str:
    """Rows of digits, `012/340`: half the room of a list of them."""
    return "/".join("".join(map(str, row)) for row in grid.tolist())


def _stages(results: Iterable[Result]) -> dict[str, dict[str, float]]:
    """Seconds by stage: in all, and the median of a task."""
    spent: dict[str, list[float]] = {}
    for result in results:
        for stage, value in seconds(result).items():
            spent.setdefault(stage, []).append(value)
    return {stage: {"total": math.fsum(v), "median": statistics.median(v)} for stage, v in spent.items()}


def _finished(results: Mapping[str, Result]) -> tuple[dict[str, float], str]:
    """When each task was finished, in seconds, and by which clock: the run's own where all results have it, else the
    tasks' own seconds one after another."""
    told = {id: number(result.notes.get("finished")) for id, result in results.items()}
    if told and None not in told.values():
        return {id: value for id, value in told.items() if value is not None}, "run"
    finished, now = {}, 0.0
    for id, result in results.items():
        finished[id] = now = now + math.fsum(seconds(result).values())
    return finished, "tasks"


def _curve(known: Mapping[str, tuple[bool, ...] | None], finished: Mapping[str, float]) -> list[tuple[float, int]]:
    """Seconds and the number of outputs that were right by then."""
    curve, right = [], 0
    for id in sorted(known, key=lambda id: finished[id]):
        right += sum(known[id] or ())
        curve.append((finished[id], right))
    return curve


def _brief(value: Any) -> Any:
    """`value` with five digits of every number, and null for one that is not finite."""
    if isinstance(value, Mapping):
        return {str(k): _brief(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_brief(v) for v in value]
    if isinstance(value, float):
        return float(f"{value:.5g}") if math.isfinite(value) else None
    return value


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
