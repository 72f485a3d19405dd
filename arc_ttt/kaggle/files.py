"""Kaggle's folders: the tasks that are mounted, and the submission that is to be whole from the beginning on.

The standard library alone, since its text is the first half of the notebook (see `entry`). Variables named
ARC_TTT_KAGGLE_… put other folders and budgets in the place of Kaggle's, for `arc-ttt kaggle check`.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

CHALLENGES, SAMPLE, SUBMISSION = "arc-agi_test_challenges.json", "sample_submission.json", "submission.json"
ATTEMPTS = ("attempt_1", "attempt_2")
DEPTH = 8  # folders below the input root; models lie deepest, in models/owner/model/framework/variation/version
FAULTS = (OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, subprocess.SubprocessError)

log = logging.getLogger("arc-ttt")


class Places(NamedTuple):
    """Where Kaggle has its files; `temp` is local disk of which nothing is kept."""

    input: Path
    working: Path
    temp: Path


def variable(name: str, default: str = "") -> str:
    """What stands in the place of one of Kaggle's settings."""
    return os.environ.get(f"ARC_TTT_KAGGLE_{name}") or default


class Submission:
    """What is in submission.json: every task, every test input, both attempts, from the beginning on."""

    def __init__(self, path: Path, counts: Mapping[str, int]) -> None:
        self.path, self.counts = path, counts
        # Tasks of which the solver has found an answer.
        self.answered = 0
        blank = [[0, 0], [0, 0]]
        self._document: dict[str, Any] = {id: [dict.fromkeys(ATTEMPTS, blank)] * n for id, n in counts.items()}
        self._write()
        self._seen: tuple[Path, int] | None = None

    def take(self, folder: Path) -> None:
        """Take over the answers of the run in `folder`, if there are new ones; an entry that is not whole stays out."""
        file = folder / SUBMISSION
        try:
            seen = file, file.stat().st_mtime_ns
            if seen == self._seen:
                return
            found = read_object(file)
        except (OSError, ValueError):
            return  # not there yet, or not whole; a later look may find it
        self._document |= {id: found[id] for id, n in self.counts.items() if _whole(found.get(id), n)}
        self._write()
        self._seen, self.answered = seen, len(finished(folder))

    def _write(self) -> None:
        temporary = self.path.with_name(f".{self.path.name}.tmp")
        temporary.write_text(json.dumps(self._document), encoding="utf-8")
        temporary.replace(self.path)


def _whole(entries: Any, count: int) -> bool:
    return (
        isinstance(entries, list)
        and len(entries) == count
        and all(isinstance(entry, dict) and all(entry.get(key) for key in ATTEMPTS) for entry in entries)
    )


def finished(folder: Path) -> set[str]:
    """The tasks that the run in `folder` has answered."""
    done: set[str] = set()
    try:
        lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return done
    for line in lines:
        try:
            result = json.loads(line)
        except (ValueError, RecursionError):  # torn by a kill
            continue
        if isinstance(result, dict) and result.get("error") is None:
            done.add(str(result.get("task")))
    return done


def read_tasks(root: Path, competition: str) -> tuple[Path | None, dict[str, int]]:
    """The challenges file and its ids in order, each with the number of its test inputs. Ids that only the sample
    submission has come after them; all do where there is no challenges file that can be read (None then)."""
    challenges: Path | None = None
    counts: dict[str, int] = {}
    for path in find(root, CHALLENGES, (competition,)):
        try:
            counts = {id: len(task["test"]) or 1 for id, task in read_object(path).items()}
        except FAULTS as fault:
            log.info("%s cannot be read: %r", path, fault)
            continue
        challenges = path
        break
    for path in [challenges.with_name(SAMPLE)] if challenges else find(root, SAMPLE, (competition,)):
        try:
            counts = counts | {id: len(entries) or 1 for id, entries in read_object(path).items() if id not in counts}
        except FAULTS as fault:
            log.info("%s cannot be read: %r", path, fault)
    if not counts:
        raise FileNotFoundError(f"no {CHALLENGES} under {root}; is {competition} among the notebook's inputs?")
    return challenges, counts


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; `ValueError` where there is something else."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{path} holds no JSON object")
    return found


def find(root: Path, name: str, hints: Iterable[str] = ()) -> list[Path]:
    """Files called `name` (a pattern) at any depth, since mounts differ: those under more folders called as in `hints`
    first, then those that lie less deep. The search ends at the depth where all hints are met."""
    wanted = {hint.lower() for hint in hints}

    def met(path: Path) -> int:
        return len(wanted.intersection(part.lower() for part in path.relative_to(root).parts[:-1]))

    found: list[Path] = []
    for depth in range(1, DEPTH + 1):
        found += sorted(root.glob("/".join(["*"] * depth + [name])))
        if wanted and any(met(path) == len(wanted) for path in found):
            break
    return sorted(found, key=lambda path: (-met(path), len(path.parts), path))
