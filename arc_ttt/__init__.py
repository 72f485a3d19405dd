"""arc-ttt: solve ARC puzzles by test-time training.

As a library: `load` reads tasks, `solver` makes a `Solver`, and `Task`, `Pair` and `Grid` are what travels between them
(docs/api.md). Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from arc_ttt.version import __version__ as __version__

if TYPE_CHECKING:
    from arc_ttt.api import solver
    from arc_ttt.arc.dataset import load
    from arc_ttt.solve.solver import Solver
    from arc_ttt.types import Grid, Pair, Result, Task

__all__ = ["Grid", "Pair", "Result", "Solver", "Task", "load", "solver"]

_HOMES = {
    "Grid": "types", "Pair": "types", "Result": "types", "Task": "types",
    "load": "arc.dataset", "Solver": "solve.solver", "solver": "api",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'arc_ttt' has no attribute {name!r}")
    return getattr(import_module(f"arc_ttt.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
