"""`arc-ttt report`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_report(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The page lies in the run's folder; one line says where, and what is in it."""
    arc_ttt("solve", "puzzles", "--out", "run")
    done = arc_ttt("report", "run")
    assert (done.code, done.err) == (0, "")
    assert done.out == "run/report.html: 2 of 2 tasks, 1 of 2 outputs right (0.0 MB)\n"
    page = Path("run/report.html").read_text()
    assert page.startswith("<!doctype html>") and "<title>arc-ttt: run</title>" in page
    # The run goes on as before.
    assert arc_ttt("solve", "puzzles", "--out", "run", "--json").lines[-1]["skipped"] == 2


def test_as_json(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """What the page shows, and no page."""
    arc_ttt("solve", "puzzles", "--out", "run")
    (document,) = arc_ttt("report", "run", "--json").lines
    assert document["score"]["outputs"]["right"] == 1 and [row["id"] for row in document["tasks"]] == ["copy", "other"]
    assert not Path("run/report.html").exists()


def test_another_file(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """`--out`, but not over the run's own files."""
    arc_ttt("solve", "puzzles", "--out", "run")
    assert arc_ttt("report", "run", "--tasks", "puzzles", "--out", "page.html").code == 0
    assert Path("page.html").exists() and not Path("run/report.html").exists()
    before = Path("run/results.jsonl").read_bytes()
    done = arc_ttt("report", "run", "--tasks", "puzzles", "--out", "run/results.jsonl")
    assert (done.code, done.err) == (2, "error: run/results.jsonl: belongs to the run; name another --out\n")
    assert Path("run/results.jsonl").read_bytes() == before


def test_what_cannot_be_reported(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """No run, other tasks, tasks that are gone, answers that are not there: one line each, and no page."""
    assert arc_ttt("report", "puzzles").err == "error: puzzles: is no run: it has no config.json\n"
    arc_ttt("solve", "puzzles", "--out", "run")
    assert (
        "error: puzzles/copy.json: holds other tasks than run"
        in arc_ttt("report", "run", "--tasks", "puzzles/copy.json").err
    )
    lost = arc_ttt("report", "run", "--tasks", "puzzles", "--solutions", "nowhere")
    assert (lost.code, lost.err) == (2, "error: nowhere: cannot be read: No such file or directory\n")
    config = json.loads(Path("run/config.json").read_text())
    for source, fault in (({"tasks": "gone"}, "error: gone: no such file"), (None, "error: run: does not say where")):
        Path("run/config.json").write_text(json.dumps(config | {"source": source}))
        done = arc_ttt("report", "run")
        assert done.code == 2 and done.err.startswith(fault)
        assert done.err.endswith("name them with --tasks\n") and done.err.count("\n") == 1
    assert not Path("run/report.html").exists()
