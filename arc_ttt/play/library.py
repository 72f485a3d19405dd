"""Where tasks come from: folders and data sets that were named, runs, and the folder of saved puzzles.

A browser names a source or a run by a key of the list that it was given, and a task by its id: no path that a browser
sends is ever opened. What changes on disk is read again.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arc_ttt.arc import dataset
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ConfigError, DataError, StoreError
from arc_ttt.paths import absolute, exists, is_file
from arc_ttt.report import origin, page
from arc_ttt.report.verdict import verdict
from arc_ttt.run import store
from arc_ttt.types import Result, Task

SAVED = "saved"
RUN = "run:"
SETS = [f"{name}:{split}" for name in dataset.NAMED for split in ("training", "evaluation")]
DEEP = 3  # folders within folders in which runs are looked for
MOST_RUNS = 400
MOST_READ = 20  # sets of tasks that are kept in memory


@dataclass(frozen=True)
class Run:
    """A run as it was on disk when it was read."""

    folder: Path
    config: Mapping[str, Any]
    results: Mapping[str, Result]
    tasks: TaskSet


@dataclass(frozen=True)
class Origin:
    """Where tasks come from and their answers, as a run's config.json has it."""

    tasks: str | list[str]
    solutions: str | None = None


@dataclass
class Library:
    """What there is to look at. `named` are sources as on the command line, `results` the folder of runs, `saved` that
    of puzzles that a person has saved."""

    named: Sequence[str]
    results: Path
    saved: Path
    _read: dict[object, tuple[object, TaskSet]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        once: dict[str, str] = {}
        for name in self.named:
            once.setdefault(absolute(name), name)
        self.named = tuple(once.values())

    def sources(self) -> list[dict[str, str]]:
        """Key, title and kind ("tasks", "set", "saved" or "run") of each: what was named first, as it was named; runs
        last, the newest first."""
        runs = self.runs()
        called = {folder: name for name, folder in runs.items()}
        short = [Path(name).resolve().name or name if exists(name) else name for name in self.named]
        found = []
        titles = [title if short.count(title) == 1 else name for name, title in zip(self.named, short, strict=True)]
        for name, title in zip(self.named, titles, strict=True):
            if run := called.get(Path(name)):
                found.append({"key": RUN + run, "title": run, "kind": "run"})
            else:
                found.append({"key": key_of(name), "title": title, "kind": "tasks"})
        if any(self._files(self.saved)) and absolute(str(self.saved)) not in map(absolute, self.named):
            found.append({"key": SAVED, "title": f"saved in {printable(str(self.saved))}", "kind": "saved"})
        names = {one["key"] for one in found}
        found += [{"key": name, "title": name, "kind": "set"} for name in SETS if name not in names]
        return found + [{"key": RUN + one, "title": one, "kind": "run"} for one in runs if RUN + one not in names]

    def runs(self) -> dict[str, Path]:
        """The folders of runs by name: those that were named, and those in the folder of results, the newest first."""
        newest = sorted(runs_in(self.results, DEEP), key=lambda one: -one[0])[:MOST_RUNS]
        inside = {printable(folder.relative_to(self.results).as_posix()): folder for _, folder in newest}
        named = {self._called(name, inside): Path(name) for name in self.named if is_run(Path(name))}
        return named | {name: folder for name, folder in inside.items() if name not in named}

    def _called(self, name: str, inside: Collection[str]) -> str:
        """The name of a run that was named on the command line: as among the runs `inside` the folder of results where
        it is one of them."""
        folder, results = Path(name).resolve(), self.results.resolve()
        if results in folder.parents:
            return printable(folder.relative_to(results).as_posix())
        return printable(f"./{name}" if name in inside else name)

    def folder(self, name: str) -> Path:
        """The folder of the run of that name; `StoreError` where there is none."""
        if (folder := self.runs().get(name)) is None:
            raise StoreError(f"{printable(name[:200])}: no such run in {printable(str(self.results))}")
        return folder

    def run(self, name: str) -> Run:
        """The run of that name, which may be going on."""
        folder = self.folder(name)
        config, results = store.read_config(folder), store.read_results(folder)
        places = origin.places(folder, config)
        stamp = tuple(map(self._stamp, places))
        about = origin.part(config, "tasks").get("digest"), *places  # many runs are about the same tasks
        tasks = self._kept(about, stamp, lambda: origin.load_tasks(folder, config))
        return Run(folder, config, store.own(folder, results, tasks.order, tasks.name)[0], tasks)

    def tasks(self, key: str) -> TaskSet:
        """The tasks of the source `key`; `DataError` for one that is not in the list."""
        if key.startswith(RUN):
            return self.run(key.removeprefix(RUN)).tasks
        where = self._place(key)
        return self._kept(where, self._stamp(where), lambda: dataset.load(where))

    def _kept(self, about: object, stamp: object, read: Callable[[], TaskSet]) -> TaskSet:
        """What `read` gives, or gave when the stamp was the same."""
        with self._lock:  # two browsers that ask at once: the second waits for what the first reads
            known = self._read.pop(about, None)
            if known is None or known[0] != stamp:
                known = stamp, read()
            self._read[about] = known  # the last used comes last
            if len(self._read) > MOST_READ:
                del self._read[next(iter(self._read))]
        return known[1]

    def _place(self, key: str) -> str:
        """The source `key` as the command line would name it; `DataError` for one that is not in the list."""
        places = {name: name for name in SETS} | {key_of(name): name for name in self.named}
        if (place := (places | {SAVED: str(self.saved)}).get(key)) is None:
            raise DataError(f"{printable(key[:200])}: is not among the sources of this page")
        return place

    def origin(self, key: str) -> Origin:
        """Where the tasks of the source `key` are."""
        if not key.startswith(RUN):
            return Origin(absolute(self._place(key)))
        said = origin.part(store.read_config(self.folder(key.removeprefix(RUN))), "source")
        return Origin(said.get("tasks", ""), said.get("solutions"))

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
        if is_file(self.saved):
            raise StoreError(f"{printable(str(self.saved))}: is a file; puzzles are saved in a folder")
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
        path = Path(where if exists(where) else where.rpartition("/")[0] or where)  # of `source/id` its source
        found = []
        for file in (path, *self._files(path), path.parent / path.name.replace("challenges", "solutions")):
            with contextlib.suppress(OSError):
                found.append((file.name, (s := file.stat()).st_mtime_ns, s.st_size))
        return found

    @staticmethod
    def _files(folder: Path) -> Iterator[Path]:
        return (p for p in sorted(folder.glob("*.json")) if not p.name.startswith(".")) if folder.is_dir() else iter(())


def key_of(name: str) -> str:
    """The key of a source that was named on the command line, which no other kind of source has."""
    return f"./{name}" if name == SAVED or name.startswith(RUN) else name


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
            with contextlib.suppress(OSError):  # it may go at any time
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
    if task.id in tasks.outputs:
        document["outputs"] = [None if one is None else page.rows(one) for one in tasks.outputs[task.id]]
    if task.id in tasks.solutions:
        document["answers"] = [page.rows(answer) for answer in tasks.solutions[task.id]]
    return document


def named(title: str, id: str) -> str:
    """A name for a new run's folder."""
    words = "".join(c if c.isalnum() or c in "._-" else "-" for c in f"{title}-{id}")
    return f"{words.strip('-.')[:80] or 'tasks'}-{time.strftime('%m%d-%H%M%S')}"
