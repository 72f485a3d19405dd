"""The table of the program search: what a run's lines say, and how two runs compare."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import table_programs as table

from arc_ttt.arc import dataset

SAMPLES = Path(__file__).parents[2] / "data/samples"


def test_a_line_says_what_was_found_and_what_of_it_is_right() -> None:
    read = dataset.load(SAMPLES)
    task = next(t for t in read.tasks if t.id.startswith("01"))
    line = table.solve(task, read.solutions[task.id], 5_000, [])
    assert line["right"] == [True] and line["found"][0]["program"] == "flip(horizontal)"
    assert "1 of 1 outputs right with two attempts, 1 tasks; exact on 1" in table.summary([line])


def test_what_is_left_out_is_not_found() -> None:
    """Out of the language itself: in a process of its own, since nothing brings an operation back."""
    script = Path(table.__file__)
    words = ["run", str(SAMPLES), "01-mirror", "--budget", "5000"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(script.parents[1]), str(script.parent)])}
    for more, found in (([], True), (["--without", "flip"], False)):
        done = subprocess.run(
            [sys.executable, str(script), *words, *more], capture_output=True, text=True, env=environment, check=True
        )
        assert ("flip(horizontal)" in done.stdout) == found


def test_validation_tasks_are_no_training_tasks() -> None:
    training, validation = ({t.id for t in table.tasks_of(s)[0]} for s in ("training", "validation"))
    assert (len(training), len(validation)) == (360, 40) and not training & validation


def test_the_search_without_each_lever_goes_on_from_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row for all, one for each lever, and the same rows again from the files."""
    args = argparse.Namespace(source=str(SAMPLES), budget=3_000, every=6, out=tmp_path / "kept")
    monkeypatch.setattr(table, "LEVERS", ("fits", "input"))
    table.ablate(args)
    once = capsys.readouterr().out
    assert [row.split("|")[1].strip() for row in once.splitlines()[2:]] == ["all", "without fits", "without input"]
    monkeypatch.setattr(table, "solve", None)
    table.ablate(args)
    assert capsys.readouterr().out == once


def test_programs_by_length_and_ten_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is right counts; the ten share no operation."""
    found = {"reproduced": 3, "sure": True, "sentence": "So.", "right": [True]}
    programs = ["trim", "trim > squeeze", "overlay([trim], [squeeze])", "transpose"]
    lines = [{"task": f"t{i}", "demonstrations": 3, "found": [{**found, "program": p}]} for i, p in enumerate(programs)]
    lines.append({"task": "wrong", "demonstrations": 3, "found": [{**found, "program": "hollow", "right": [False]}]})
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    table.lengths(argparse.Namespace(file=path))
    assert capsys.readouterr().out.splitlines()[2:] == ["| 1 | 3 | 2 |", "| 2 | 1 | 1 |", "| 3 | 0 | 1 |"]
    table.ten(argparse.Namespace(file=path))
    shown = capsys.readouterr().out
    assert (
        "Rows become columns." in shown and shown.count("\n") == 4 and "`transpose`" in shown and "hollow" not in shown
    )
