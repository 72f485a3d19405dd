"""TASKS, --tasks and --limit → the ids to solve, and the name of the run's folder."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from arc_ttt.arc.dataset import TaskSet


def choose(tasks: TaskSet, source: str, only: str | None, limit: int | None) -> tuple[str, ...]:
    """The ids to solve: all, those named by `only`, or the first `limit` of these."""
    chosen = tasks.order
    if only is not None:
        wanted = dict.fromkeys(_ids(only, source))
        if unknown := [id for id in wanted if id not in set(tasks.order)]:
            raise ConfigError(f"--tasks: {unknown[0]!r} is not among the {len(tasks.order)} tasks of {tasks.name}")
        if not wanted:
            raise ConfigError(f"--tasks {only}: names no task")
        chosen = tuple(id for id in tasks.order if id in wanted)
    return chosen[:limit]


def _ids(only: str, source: str) -> Sequence[str]:
    """Ids from `id,id`, from a text file (one a line, `#` begins a comment), or from a JSON file: a list, or an
    object of lists by the name of their source."""
    path = Path(only)
    if not exists(only) or path.is_dir():
        return [id.strip() for id in only.split(",") if id.strip()]
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".json":
            return re.sub(r"#.*", "", text).replace(",", " ").split()
        document = json.loads(text)
    except (OSError, ValueError) as fault:
        raise ConfigError(f"--tasks {path}: {fault}") from fault
    ids = document.get(source) if isinstance(document, dict) else document
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise ConfigError(f"--tasks {path}: holds no list of ids for {source}")
    return ids


def run_name(source: str) -> str:
    """What the default folder of a run over `source` is called."""
    name = Path(source).resolve().name.removesuffix(".json") if exists(source) else source
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "tasks"


def exists(path: str) -> bool:
    """Whether something is there, be it readable or not."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # no permission to look; a null character
        return False
