"""Predictions ↔ Kaggle's submission.json: `{id: [{"attempt_1": grid, "attempt_2": grid}, …]}`.

A document is complete whatever the predictions lack: every id, every test input in order, both attempts. It
ignores predictions for tasks that are not asked for, and third attempts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from arc_ttt.arc import jsonio
from arc_ttt.errors import DataError, StoreError
from arc_ttt.types import Grid, Prediction

FALLBACK = Grid([[0, 0], [0, 0]])
"""Stands where there is no attempt, since the format allows no gap."""

ATTEMPTS = ("attempt_1", "attempt_2")

Document = dict[str, list[dict[str, list[list[int]]]]]


def document(order: Iterable[str], tests: Callable[[str], int], predictions: Mapping[str, Prediction]) -> Document:
    """The submission for the ids in `order`, of which `tests` tells the number of test inputs.

    A prediction answers each test input (an empty tuple where it has no attempt) or none; with any other
    number the answers could be shifted, so it raises `DataError`.
    """
    result: Document = {}
    for id in order:
        count = tests(id)
        answers = predictions[id].attempts if id in predictions else ()
        if len(answers) not in (0, count):
            raise DataError(f"task {jsonio.printable(id)}: {len(answers)} answers for {count} test inputs")
        result[id] = [
            {key: grid.tolist() for key, grid in zip(ATTEMPTS, (*attempts, FALLBACK, FALLBACK), strict=False)}
            for attempts in answers or ((),) * count
        ]
    return result


def write(path: Path, document: Document) -> None:
    """Replace the file `path` by `document`, at once or not at all, the same bytes for the same document.

    Raises `StoreError` where the folder cannot be written; what was there before then stays.
    """
    content = json.dumps(document, separators=(",", ":")).encode()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)  # also after an interrupt; gone already when all went well
    except OSError as error:
        raise StoreError(f"{jsonio.printable(str(path))}: cannot be written: {error.strerror}") from error


def read(path: Path) -> dict[str, tuple[tuple[Grid, Grid], ...]]:
    """The attempts by task id, for each test input in order; `DataError` for anything else."""
    where = jsonio.printable(str(path))
    by_id = jsonio.members(jsonio.read(path, limit=jsonio.SET_LIMIT), where, "an object of attempts by task id")
    if not by_id:
        raise DataError(f"{where}: holds no tasks")
    result: dict[str, tuple[tuple[Grid, Grid], ...]] = {}
    for id in by_id:
        here = f"{where}: task {jsonio.printable(id)}"
        entries = jsonio.items(jsonio.member(by_id, id, here), here, "entries")
        result[id] = tuple(_entry(entry, f"{here}: [{i}]") for i, entry in enumerate(entries))
    return result


def _entry(value: object, where: str) -> tuple[Grid, Grid]:
    entry = jsonio.members(value, where, 'an object with "attempt_1" and "attempt_2"')
    first, second = (jsonio.grid(jsonio.member(entry, key, where), f"{where}.{key}") for key in ATTEMPTS)
    unknown = [key for key in entry if key not in ATTEMPTS]
    if unknown:
        raise DataError(f"{where}: has an unknown {jsonio.show(unknown[0])}")
    return first, second
