"""`arc-ttt runs`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_runs_are_listed(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """With tasks, score and what they are of; folders of other things are passed over, a broken one is told of."""
    assert arc_ttt("runs").err == "error: results: no such folder\n"
    arc_ttt("solve", "puzzles")
    arc_ttt("solve", "puzzles", "--views", "4", "-n", "1")
    Path("results/notes").mkdir()
    done = arc_ttt("runs")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "") and len(lines) == 3
    assert all(line.startswith("results/puzzles-") and line.endswith("puzzles") for line in lines[1:])
    rows = arc_ttt("runs", "--json").lines
    assert sorted((row["finished"], row["tasks"], row["right"], row["outputs"]) for row in rows) == [
        (1, 1, 1, 1),
        (2, 2, 1, 2),
    ]
    Path(rows[0]["run"], "config.json").write_text("{")
    done = arc_ttt("runs")
    assert done.code == 0 and "is not a run's configuration" in done.err and len(done.out.splitlines()) == 2


def test_the_user_that_kaggle_knows(arc_ttt: Run, folder: Path, monkeypatch: Any) -> None:
    """The owner of a bundle is the one in kaggle.json; without it the option is asked for."""
    monkeypatch.setenv("KAGGLE_CONFIG_DIR", str(folder.parent))
    monkeypatch.delenv("KAGGLE_USERNAME", raising=False)
    done = arc_ttt("kaggle", "bundle", "--accelerator", "cpu")
    assert (done.code, done.err) == (
        2,
        f"error: --username is missing, and {folder.parent}/kaggle.json names no user\n",
    )
    (folder.parent / "kaggle.json").write_text(json.dumps({"username": "Me!", "key": "x"}))
    assert arc_ttt("kaggle", "bundle", "--accelerator", "cpu").err.startswith("error: --username Me!: must be")
