"""The library: what docs/api.md shows, and what an import costs."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

import arc_ttt
from arc_ttt.errors import ConfigError
from arc_ttt.palette import PALETTE, picture
from arc_ttt.types import Grid, Pair, Task

ROOT = Path(__file__).parents[1]


def test_the_page_does_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/api.md, run in the repository's folder."""
    monkeypatch.chdir(ROOT)
    done = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert done.attempted >= 17 and done.failed == 0


def test_an_import_is_light() -> None:
    """Tasks are read, drawn and searched for programs without PyTorch; numpy waits for the first of them."""
    code = """
import sys, arc_ttt
assert not {"numpy", "torch", "transformers"} & set(sys.modules)
arc_ttt.Task, arc_ttt.load(sys.argv[1]).tasks[0]._repr_html_(), arc_ttt.solver, arc_ttt.Solver
arc_ttt.solver(agents="programs")
assert all(hasattr(arc_ttt, name) for name in arc_ttt.__all__) and set(arc_ttt.__all__) <= set(dir(arc_ttt))
assert not {"torch", "transformers"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code, str(ROOT / "data" / "samples")], check=True)


def test_solve_is_a_function_and_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever was used first."""
    from arc_ttt.solve import vote

    task = arc_ttt.load(ROOT / "data" / "samples").tasks[0]
    result = arc_ttt.solve(task, agents="programs", programs={"budget": 20_000})
    assert isinstance(result, arc_ttt.Result) and result.task == task.id
    assert vars(arc_ttt.solve)["vote"] is vote
    passed: list[tuple[str, dict[str, object]]] = []

    def made(model: str, **given: object) -> Any:
        passed.append((model, given))
        return SimpleNamespace(solve=lambda task: task)

    monkeypatch.setattr("arc_ttt.api.solver", made)
    assert arc_ttt.solve(task, model="m", device="d", trust_remote_code=True, views=2) is task
    assert arc_ttt.solve(task) is task
    assert passed == [
        ("m", {"device": "d", "trust_remote_code": True, "views": 2}),
        ("arc-mini", {"device": "auto", "trust_remote_code": False}),
    ]


def test_settings_are_those_of_the_command_line() -> None:
    """By path, in groups or with dots; wrong ones are refused before anything is loaded."""
    made = arc_ttt.solver(agents=("programs",), views=3, **{"ttt.tokens": 5})
    assert (made.config.views, made.config.ttt.tokens, made.config.agents) == (3, 5, ("programs",))
    with pytest.raises(ConfigError, match="--views must be positive and at most 10,000, not 0"):
        arc_ttt.solver(views=0)
    task = Task("t", (), ())
    with pytest.raises(ConfigError, match=r"unknown setting ttt\.token; the nearest is ttt\.tokens"):
        arc_ttt.solve(task, ttt={"token": 5})
    with pytest.raises(TypeError, match="takes a Task, not a TaskSet"):
        arc_ttt.solve(arc_ttt.load(ROOT / "data" / "samples"), agents="programs")  # type: ignore[arg-type]
    for idle in ({"adaptive": False}, {"draft_model": "m"}, {"keep_adapters": True}, {"deadline": "3m"}):
        with pytest.raises(ConfigError, match=f"{next(iter(idle))} is a setting of a run"):
            arc_ttt.solver(agents="programs", **idle)
    with pytest.raises(AttributeError, match="nothing"):
        arc_ttt.nothing  # noqa: B018


def test_pictures() -> None:
    """Every cell lies under a rectangle of its colour; a task has its id, its demonstrations in rows, and its tests."""
    rows = [[1, 1, 0], [3, 4, 5]]
    grid = Grid(rows)
    drawn = grid._repr_html_()
    painted = [[""] * 3 for _ in rows]
    for x, y, width, fill in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="1" fill="#(\w+)"/>', drawn):
        for c in range(int(x), int(x) + int(width)):
            assert painted[int(y)][c] == ""
            painted[int(y)][c] = fill
    assert painted == [[PALETTE[colour] for colour in row] for row in rows]
    assert "M0 2h3" in drawn and "M3 0v2" in drawn and 'viewBox="0 0 3 2"' in drawn
    assert Pair(grid, Grid([[9]]))._repr_html_().count("<svg") == 2
    page = Task("<t>", (Pair(grid, grid), Pair(grid, grid)), (grid,))._repr_html_()
    assert page.count("<svg") == 5 and "test 1" in page and "&lt;t&gt;" in page and "<t>" not in page
    ElementTree.fromstring(f"<div>{page}</div>")  # every tag is closed
    assert "&lt;&quot;" in picture(rows, '<"')


def test_pictures_are_small() -> None:
    """A grid of 900 cells in one colour is a few kilobytes."""
    assert len(Grid([[0] * 30] * 30)._repr_html_()) < 5_000
