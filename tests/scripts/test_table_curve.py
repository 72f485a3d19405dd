"""The curve of accuracy against training: of whole files of one model, or of nothing."""

import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from arc_ttt.errors import StoreError


@pytest.fixture
def script() -> ModuleType:
    return importlib.import_module("table_curve")


def line(task: str, right_from: int, model: str = "a" * 64) -> dict[str, Any]:
    """A task of one output that is right from that checkpoint on, at 10 core-seconds a thousand tokens."""
    points = [
        {"tokens": 1000 * (k + 1), "rest": 1000, "tail": 0.1 / (k + 1), "correct": [k >= right_from], "answer": 1.0}
        for k in range(7)
    ]
    return {"task": task, "model": model, "rec": points, "cpu": 10 * (7 + 7) + 7.0}


def test_the_table(script: ModuleType, tmp_path: Path) -> None:
    """Outputs right at each point with the seconds up to it, and what was learned below the loss that ends training."""
    for task, right_from in (("t", 1), ("u", 3)):
        (tmp_path / f"{task}.json").write_text(json.dumps(line(task, right_from)))
    rows = script.table(script.read(tmp_path)).splitlines()
    assert rows[0] == "2 tasks of arc1:training; model arc-mini (aaaaaaaa), seed 0."
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[4:11]]
    assert [c[0] for c in cells] == [f"{1000 * k + 1000:,}" for k in range(1, 8)]
    assert [c[1].partition(" =")[0] for c in cells] == ["0 / 2", "1 / 2", "1 / 2", *["2 / 2"] * 4]
    assert [c[2] for c in cells] == [f"{10 * (k + 1) + 1:.1f}" for k in range(1, 8)]
    assert [c[3:] for c in cells] == [["0 tasks", "0"]] * 5 + [["2 tasks", "2"]] * 2


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("v.json", json.dumps(line("v", 0))[:-9], "v.json: is not what this script wrote of a task"),
        ("v.json", json.dumps(line("w", 0)), "v.json: is not what this script wrote of a task"),
        ("v.json", json.dumps(line("v", 0, "b" * 64)), "v.json: of another model than t"),
        ("t.json", "", "t.json: is not what this script wrote of a task"),
    ],
)
def test_what_is_torn_or_of_another_model_is_refused(
    script: ModuleType, tmp_path: Path, name: str, text: str, fault: str
) -> None:
    """A table of a part of the tasks, or of two models, would mislead."""
    (tmp_path / "t.json").write_text(json.dumps(line("t", 0)))
    (tmp_path / name).write_text(text)
    with pytest.raises(StoreError, match=fault):
        script.read(tmp_path)
    with pytest.raises(StoreError, match="no task is finished there"):
        script.read(tmp_path / "none")
