"""Runs as the tables want them: finished, with known answers, several of them as one; and how the scripts end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from arc_ttt.errors import ArcError, StoreError
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


def positive(text: str) -> int:
    """A number from one on, for `argparse`."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


def end(main: Callable[[], None]) -> NoReturn:
    """Call `main` and end: what the user can mend is one line, and Ctrl-C none."""
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except ArcError as fault:
        print(f"error: {fault}", file=sys.stderr)
        sys.exit(fault.exit_code)
    sys.exit(0)
