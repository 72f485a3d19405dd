"""What the tables share: finished runs with known answers, several of them as one; rows in Markdown; the lines of a
measurement that goes on where it was stopped; and the machine."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arc_ttt.arc.score import Score
from arc_ttt.errors import StoreError
from arc_ttt.run.store import read_config, read_results
from arc_ttt.types import Result


def joined(folders: Sequence[Path]) -> list[tuple[dict[str, Any], dict[str, Result]]]:
    """Each run's config.json and results by task; `StoreError` for runs that are not finished, have no
    answers, have a task in common or were made with different models or settings."""
    runs, known = list[tuple[dict[str, Any], dict[str, Result]]](), set[str]()
    for folder in folders:
        config, mine = read_config(folder), read_results(folder)
        if lacking := [part for part in ("tasks", "model", "settings", "machine") if part not in config]:
            raise StoreError(f"{folder}: config.json does not name its {lacking[0]}")
        if not (chosen := config.get("chosen") or list(mine)):
            raise StoreError(f"{folder}: no task is finished there")
        if left := [id for id in chosen if id not in mine]:
            raise StoreError(f"{folder}: {len(chosen) - len(left)} of its {len(chosen)} tasks are finished")
        if unknown := [id for id, r in mine.items() if r.correct is None]:
            raise StoreError(f"{folder}: the answers of {unknown[0]} are not known")
        if both := known & mine.keys():
            raise StoreError(f"{folder}: {min(both)} is in another of the joined runs")
        if runs and any(config[part] != runs[0][0][part] for part in ("model", "settings")):
            raise StoreError(f"{folder}: its model or settings are not those of {folders[0]}")
        runs.append((config, mine))
        known |= mine.keys()
    return runs


def heading(columns: str) -> str:
    """The first two rows of a table."""
    return f"| {columns} |\n|{'---|' * (columns.count(' | ') + 1)}"


def right(score: Score) -> str:
    """A cell: outputs right of all, with Wilson's 95 % interval."""
    low, high = score.interval("outputs")
    return f"{score.outputs_right} / {score.outputs} = {score.by_outputs:.1%} ({low:.1%}–{high:.1%})"


def written(path: Path) -> list[dict[str, Any]]:
    """The lines of JSON that are there so far."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def append(path: Path, line: Mapping[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def processor() -> str:
    """The processor's name and how many of its cores there are."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def machine_line(machine: Mapping[str, Any], dtype: str) -> str:
    """A paragraph: what a table was measured on."""
    return (
        f"{processor()}, no GPU; {machine['platform']}; Python {machine['python']}, torch {machine['torch']}, "
        f"{machine['threads']} threads, {dtype}.\n"
    )
