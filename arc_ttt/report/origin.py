"""A run's config.json → its tasks and their answers, wherever they are now.

A run says where both were. What has been moved together with it, or was named from another working directory, is looked
for beside the run; the digest tells whether it is the right thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from arc_ttt.arc import dataset
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import DataError
from arc_ttt.paths import exists

_DEEP = 4  # so many of the last parts of a path may have been moved together with the run


def load_tasks(
    folder: Path,
    config: Mapping[str, Any],
    source: str | None = None,
    solutions: Path | None = None,
    *,
    advice: str = "name them with --tasks",
    answers: str = "name them with --solutions",
    gone: Callable[[str], None] | None = None,
) -> TaskSet:
    """The tasks of the run in `folder`: those of `source`, by default where its config.json says that they are; with
    the answers in the file `solutions`, by default those that it was scored by last.

    Raises `DataError` where they cannot be had, or are not those that the run was about; `advice` says what to do then,
    and `answers` where those are gone. With `gone` answers may be missing: it is told that they are.
    """
    said, run = part(config, "source"), printable(str(folder))
    named = [source] if source is not None else _texts(said.get("tasks"))
    if not named:
        raise DataError(f"{run}: does not say where its tasks are; {advice}")
    digest = str(part(config, "tasks").get("digest"))
    remembered = said.get("solutions")
    if source is None and solutions is None and isinstance(remembered, str):
        solutions = _there(folder, remembered)
        if solutions is None:
            said_so = f"{printable(remembered)}: the answers that {run} was scored by are not there any more; {answers}"
            if gone is None:
                raise DataError(said_so)
            gone(said_so)
    fault: DataError | None = None
    for where in [named] if source is not None else _places(folder, named):
        try:
            tasks = dataset.load(where, solutions)
        except DataError as told:
            fault = fault or told
            continue
        if tasks.digest == digest:
            return tasks
        there = printable(" ".join(where))
        other = f"holds other tasks than {run} was about (digest {tasks.digest[:8]}, not {digest[:8]})"
        fault = DataError(f"{there}: {other}; {advice}")
    assert fault is not None
    if source is not None or solutions is not None or str(fault).endswith(advice):
        raise fault
    raise DataError(f"{fault}; {run} was about these tasks: if they are elsewhere, {advice}") from None


def places(folder: Path, config: Mapping[str, Any]) -> list[str]:
    """Where the tasks of the run in `folder` are looked for, and their answers."""
    said = part(config, "source")
    remembered = said.get("solutions")
    answers = _there(folder, remembered) if isinstance(remembered, str) else None
    found = [one for place in _places(folder, _texts(said.get("tasks"))) for one in place]
    return found if answers is None else [*found, str(answers)]


def _places(folder: Path, named: Sequence[str]) -> list[list[str]]:
    """Where what a run calls `named` is, the likeliest place first; as it is called where it is nowhere, or is no path
    at all but a data set."""
    called = list(named)
    moved = ([str(_moved(a, one, deep)) for one in called] for a in _above(folder) for deep in range(_DEEP, 0, -1))
    places = [place for place in (called, *moved) if all(map(exists, place))]
    return [place for n, place in enumerate(places) if place not in places[:n]] or [called]


def _there(folder: Path, named: str) -> Path | None:
    """The file that a run called `named`, where it is now."""
    places = (_moved(above, named, deep) for above in _above(folder) for deep in range(_DEEP, 0, -1))
    return next((place for place in (Path(named), *places) if exists(str(place))), None)


def _above(folder: Path) -> tuple[Path, ...]:
    """Folders from which a run may have named its tasks: by default it lies two below the working directory."""
    run = folder.resolve()
    return run.parent.parent, run.parent, run


def _moved(above: Path, named: str, deep: int) -> Path:
    """The last `deep` parts of a path, in another folder."""
    path = Path(named)
    return above.joinpath(*path.parts[1 if path.is_absolute() else 0 :][-deep:])


def part(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in config.json; an empty one where there is none."""
    value = config.get(name)
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    """One source, or several."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
