"""The library: what docs/api.md shows, and what an import costs."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import arc_ttt
from arc_ttt.errors import ConfigError
from arc_ttt.types import Grid, Pair, Task

ROOT = Path(__file__).parents[1]


def test_the_page_does_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/api.md, run in the repository's folder."""
    monkeypatch.chdir(ROOT)
    done = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert done.attempted >= 15 and done.failed == 0


def test_an_import_is_light() -> None:
    """Tasks are read and drawn, and programs searched, without PyTorch, and all names are there."""
    code = """
import sys, arc_ttt
assert "numpy" not in sys.modules
arc_ttt.Task, arc_ttt.load(sys.argv[1]).tasks[0]._repr_html_(), arc_ttt.solver, arc_ttt.Solver
assert all(hasattr(arc_ttt, name) for name in arc_ttt.__all__) and set(arc_ttt.__all__) <= set(dir(arc_ttt))
assert not {"torch", "transformers"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code, str(ROOT / "data" / "samples")], check=True)


def test_settings_are_those_of_the_command_line() -> None:
    """By path, in groups or with dots; wrong ones are refused before anything is loaded."""
    made = arc_ttt.solver(agents=("programs",), views=3, **{"ttt.tokens": 5})
    assert (made.config.views, made.config.ttt.tokens, made.config.agents) == (3, 5, ("programs",))
    with pytest.raises(ConfigError, match="--views must be positive, not 0"):
        arc_ttt.solver(views=0)
    with pytest.raises(AttributeError, match="nothing"):
        arc_ttt.nothing  # noqa: B018


def test_pictures() -> None:
    """One rectangle a cell in its colour; a task has its demonstrations in rows and its tests."""
    grid = Grid([[0, 1, 2], [3, 4, 5]])
    drawn = grid._repr_html_()
    assert drawn.count("<rect") == 6 and drawn.count("#0074D9") == 1
    assert Pair(grid, Grid([[9]]))._repr_html_().count("<svg") == 2
    task = Task("t", (Pair(grid, grid), Pair(grid, grid)), (grid,))
    assert task._repr_html_().count("<svg") == 5 and "test 1" in task._repr_html_()
