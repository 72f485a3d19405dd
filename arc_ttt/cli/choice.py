"""What the options of `solve` mean together: the ids to solve, the run's folder, the prompt format, the training."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arc_ttt import files
from arc_ttt.errors import ConfigError
from arc_ttt.paths import exists

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
    from arc_ttt.arc.jsonio import printable

    path = Path(only)
    if not exists(only) or path.is_dir():
        return [id.strip() for id in only.split(",") if id.strip()]
    try:
        if path.suffix != ".json":
            return re.sub(r"#.*", "", files.text_of(path)).replace(",", " ").split()
        document = files.json_of(path)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise ConfigError(f"--tasks {path}: {reason}") from fault
    ids = document.get(source) if isinstance(document, dict) else document
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        others = [printable(name) for name in document] if isinstance(document, dict) else []
        has = f"; it has {', '.join(others[:6])}{', …' * (len(others) > 6)}" if others else ""
        raise ConfigError(f"--tasks {path}: holds no list of ids for {source}{has}")
    return ids


def run_name(source: str) -> str:
    """What the default folder of a run over `source` is called."""
    name = Path(source).resolve().name.removesuffix(".json") if exists(source) else source
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "tasks"


LONGEST = 366 * 86_400.0
"""Seconds that a run may be given; more is a slip of the pen, and more than waiting can be told of."""


def read_shard(text: str) -> slice:
    """`i/n` → the i-th of n parts of a list, each n-th element, so that parts are about equally hard."""
    match = re.fullmatch(r"(\d+)/(\d+)", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise ConfigError(f"--shard {text!r}: is not I/N with I from 1 to N")
    return slice(int(match[1]) - 1, None, int(match[2]))


def seconds_until(text: str, now: dt.datetime | None = None) -> float:
    """Seconds from `now` of `11h45m`, `90s`, `1.5h`, of a time of day `14:30` (tomorrow's, if it is past), or of a date
    and time `2026-05-01T14:30`; `ConfigError` for anything else."""
    now, text = now or dt.datetime.now(), text.strip()
    bad = f"--deadline {text!r} is neither a duration (11h45m, 3m, 90s) nor a time (14:30)"
    if (total := _duration(text)) is None:
        try:
            if dated := "-" in text:
                at = dt.datetime.fromisoformat(text)
            else:
                at = dt.datetime.combine(now.date(), dt.time.fromisoformat(text))
        except ValueError as fault:
            raise ConfigError(bad) from fault
        total = (at - (now.astimezone(at.tzinfo) if at.tzinfo else now)).total_seconds()
        total += 86_400 if total <= 0 and not dated else 0
        bad = f"--deadline {text}: is past"
    if total <= 0:
        raise ConfigError(bad)
    if total > LONGEST:
        raise ConfigError(f"--deadline {text}: is more than a year from now")
    return total


def core_seconds(text: str) -> float:
    """Core-seconds of `40000`, or of a duration as in `12h`; `ConfigError` for anything else."""
    text = text.strip()
    total = float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else _duration(text)
    if not total or math.isinf(total):
        raise ConfigError(f"--budget {text!r} is neither core-seconds (40000) nor a duration (12h, 90m)")
    if total > 100 * LONGEST:
        raise ConfigError(f"--budget {text}: is more than a hundred years of one core")
    return total


def _duration(text: str) -> float | None:
    """Seconds of `11h45m`, `90s` and the like; None for anything else."""
    number = r"(\d+(?:\.\d+)?)"
    match = re.fullmatch(rf"(?:{number}h)?\s*(?:{number}m(?:in)?)?\s*(?:{number}s)?", text)
    if not text or not match:
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds
