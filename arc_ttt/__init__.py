"""arc-ttt: solve ARC puzzles by test-time training.

As a library: `load` reads tasks, `solve` solves one, `solver` makes a `Solver` for many, and `Task`, `Pair`, `Grid` and
`Result` are what travels between them (docs/api.md). Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from arc_ttt.version import __version__ as __version__

if TYPE_CHECKING:
    from arc_ttt.api import solve, solver
    from arc_ttt.arc.dataset import load
    from arc_ttt.solve.solver import Solver
    from arc_ttt.types import Grid, Pair, Result, Task

__all__ = ["Grid", "Pair", "Result", "Solver", "Task", "load", "solve", "solver"]

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


class _Callable(ModuleType):
    """The package `arc_ttt.solve`, which is the function of that name, too."""

    def __call__(self, task: Task, *, model: str = "arc-mini", device: str = "auto", **given: Any) -> Result:
        """The result of one task; see `arc_ttt.api.solve`."""
        from arc_ttt import api

        return api.solve(task, model=model, device=device, **given)


# A function would stand in the package's place, or be replaced by it at its first import, as the order has it.
# The package itself is empty, so that to import it now costs nothing.
import_module("arc_ttt.solve").__class__ = _Callable
