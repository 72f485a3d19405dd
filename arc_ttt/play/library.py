"""Where tasks come from: folders and data sets that were named, runs, and the folder of saved puzzles.

A browser names a source or a run by a key of the list that it was given, and a task by its id: no path that a browser
sends is ever opened. What changes on disk is read again.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arc_ttt.arc import dataset
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ConfigError, DataError, StoreError
from arc_ttt.report import page
from arc_ttt.report.origin import load_tasks
from arc_ttt.report.verdict import verdict
from arc_ttt.run import store
from arc_ttt.types import Result, Task

SAVED = "saved"
RUN = "run:"
DEEP = 3  # folders within folders in which runs are looked for
MOST_RUNS = 400


@dataclass(frozen=True)
class Run:
    """A run as it was on disk when it was read."""

    folder: Path
    config: Mapping[str, Any]
    results: Mapping[str, Result]
    tasks: TaskSet


@dataclass
class Library:
    """What there is to look at. `named` are sources as on the command line, `results` the folder of runs, `saved` that
    of puzzles that a person has saved."""

    named: Sequence[str]
    results: Path
    saved: Path
    _read: dict[str, tuple[object, TaskSet]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sources(self) -> list[dict[str, str]]:
        """Key, title and kind ("tasks", "set", "saved" or "run") of each; runs last, the newest first."""
        named = [name for name in self.named if not is_run(Path(name))]
        short = [Path(name).name if Path(name).exists() else name for name in named]
        titles = [title if short.count(title) == 1 else name for name, title in zip(named, short, strict=True)]
        found = [{"key": name, "title": title, "kind": "tasks"} for name, title in zip(named, titles, strict=True)]
        names = {one["key"] for one in found}
        if any(self._files(self.saved)):
            found.append({"key": SAVED, "title": f"saved in {printable(str(self.saved))}", "kind": "saved"})
        sets = [f"{name}:{split}" for name in dataset.NAMED for split in ("training", "evaluation")]
        found += [{"key": name, "title": name, "kind": "set"} for name in sets if name not in names]
        return found + [{"key": RUN + name, "title": name, "kind": "run"} for name in self.runs()]

    def runs(self) -> dict[str, Path]:
        """The folders of runs by name: those that were named, and those in the folder of results."""
        found = {printable(name): Path(name) for name in self.named if is_run(Path(name))}
        inside = sorted(runs_in(self.results, DEEP), key=lambda one: -one[0])[:MOST_RUNS]
        return found | {printable(folder.relative_to(self.results).as_posix()): folder for _, folder in inside}

    def folder(self, name: str) -> Path:
        """The folder of the run of that name; `StoreError` where there is none."""
        if (folder := self.runs().get(name)) is None:
            raise StoreError(f"{printable(name[:200])}: no such run in {printable(str(self.results))}")
        return folder

    def run(self, name: str) -> Run:
        """The run of that name, which may be going on."""
        folder = self.folder(name)
        config, results = store.read_config(folder), store.read_results(folder)
        tasks = load_tasks(folder, config, None, None)
        return Run(folder, config, store.own(folder, results, tasks.order, tasks.name)[0], tasks)

    def tasks(self, key: str) -> TaskSet:
        """The tasks of the source `key`; `DataError` for one that is not in the list."""
        if key.startswith(RUN):
            return self.run(key.removeprefix(RUN)).tasks
        if key not in {one["key"] for one in self.sources()}:
            raise DataError(f"{printable(key[:200])}: is not among the sources of this page")
        where = self.place(key)
        stamp = self._stamp(where)
        with self._lock:  # two browsers that ask at once: the second waits for what the first reads
            known = self._read.get(key)
            if known is None or known[0] != stamp:
                known = self._read[key] = (stamp, dataset.load(where))
        return known[1]

    def place(self, key: str) -> str:
        """The source `key` as the command line would name it."""
        return str(self.saved) if key == SAVED else key

    def rows(self, key: str) -> dict[str, Any]:
        """All tasks of a source, ready for JSON: enough to draw, find and sift them."""
        run = self.run(key.removeprefix(RUN)) if key.startswith(RUN) else None
        tasks = run.tasks if run else self.tasks(key)
        by_id, faults = {task.id: task for task in tasks.tasks}, {fault.task: fault for fault in tasks.faults}
        rows: list[dict[str, Any]] = []
        for id in tasks.order:
            row: dict[str, Any] = {"id": id, "known": id in tasks.solutions}
            if id in faults:
                row |= {"state": "failed", "error": faults[id].message}
            else:
                task = by_id[id]
                row["first"] = [page.rows(task.demonstrations[0].input), page.rows(task.demonstrations[0].output)]
            if run and id not in faults:
                o = verdict(run.results.get(id), tasks.solutions.get(id))
                row |= {"state": o.state, "near": o.near, "among": o.among}
            rows.append(row)
        return {"key": key, "name": tasks.name, "tasks": rows}

    def task(self, key: str, id: str) -> dict[str, Any]:
        """One task, ready for JSON, with its answers where they are known, and in a run with what became of it."""
        run = self.run(key.removeprefix(RUN)) if key.startswith(RUN) else None
        tasks = run.tasks if run else self.tasks(key)
        document = shown(pick(tasks, id), tasks)
        if run and (result := run.results.get(id)) is not None:
            document["result"] = page.row(pick(tasks, id), tasks.solutions.get(id), result)
        return document

    def save(self, id: str, content: bytes, *, replace: bool) -> Path:
        """Keep a puzzle as a file; `DataError` where it is none, `ConfigError` where one of that name is kept."""
        dataset.given(id, content, f"{id}.json")
        path = self.saved / f"{id}.json"  # the id holds no separator: `given` has seen to it
        try:
            self.saved.mkdir(parents=True, exist_ok=True)
            with path.open("wb" if replace else "xb") as file:
                file.write(content)
        except FileExistsError as fault:
            raise ConfigError(f"{printable(str(path))}: is there already; save it under another name") from fault
        except OSError as fault:
            raise StoreError(f"{printable(str(path))}: cannot be written: {fault.strerror}") from fault
        return path

    def _stamp(self, where: str) -> object:
        """What changes when the source does."""
        path = Path(where)
        files = [path, *self._files(path)] if path.exists() else []
        return tuple((file.name, (s := file.stat()).st_mtime_ns, s.st_size) for file in files if file.exists())

    @staticmethod
    def _files(folder: Path) -> Iterator[Path]:
        return (p for p in sorted(folder.glob("*.json")) if not p.name.startswith(".")) if folder.is_dir() else iter(())


def is_run(folder: Path) -> bool:
    """Whether a folder is that of a run."""
    return all((folder / name).is_file() for name in (store.CONFIG, store.RESULTS))


def runs_in(folder: Path, deep: int) -> Iterator[tuple[float, Path]]:
    """The runs in a folder with the time of their last result."""
    try:
        inside = [entry for entry in os.scandir(folder) if entry.is_dir() and not entry.name.startswith(".")]
    except OSError:
        return
    for entry in inside:
        path = Path(entry.path)
        if is_run(path):
            yield (path / store.RESULTS).stat().st_mtime, path
        elif deep > 1:
            yield from runs_in(path, deep - 1)


def pick(tasks: TaskSet, id: str) -> Task:
    """The task `id`; `DataError` where there is none, or it could not be read."""
    for fault in tasks.faults:
        if fault.task == id:
            raise DataError(fault.message)
    for task in tasks.tasks:
        if task.id == id:
            return task
    raise DataError(f"{printable(tasks.name)}: has no task {printable(id[:200])}")


def shown(task: Task, tasks: TaskSet) -> dict[str, Any]:
    """A task as the page has it: grids as rows of digits; its answers where `tasks` knows them."""
    document: dict[str, Any] = {
        "id": task.id,
        "demonstrations": [[page.rows(pair.input), page.rows(pair.output)] for pair in task.demonstrations],
        "tests": [page.rows(test) for test in task.tests],
    }
    if task.id in tasks.solutions:
        document["answers"] = [page.rows(answer) for answer in tasks.solutions[task.id]]
    return document


def named(title: str, id: str) -> str:
    """A name for a new run's folder."""
    words = "".join(c if c.isalnum() or c in "._-" else "-" for c in f"{title}-{id}")
    return f"{words.strip('-.')[:80] or 'tasks'}-{time.strftime('%m%d-%H%M%S')}"
