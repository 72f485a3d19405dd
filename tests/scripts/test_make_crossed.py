"""Programs on inputs that they were not made for: the columns of the other corpora, the same whatever the workers."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from datasets import Dataset, load_from_disk

from arc_ttt.errors import DataError
from arc_ttt.pretrain.corpus import features, row
from arc_ttt.rules.language import parse_program, run
from arc_ttt.rules.rule import PREFIX
from arc_ttt.types import Grid, Pair

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_crossed", ROOT / "scripts" / "make_crossed.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # the workers look its functions up by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tasks: blocks on a plain ground, and speckled grids."""
    random, rows = np.random.default_rng(0), []
    for n in range(60):
        blocks = np.zeros((9, 11), np.uint8)
        for colour in random.permutation(9)[:3] + 1:
            y, x = random.integers(6), random.integers(8)
            blocks[y : y + random.integers(1, 4), x : x + random.integers(1, 4)] = colour
        speckled = (random.integers(0, 4, (7, 7)) * (random.random((7, 7)) < 0.5)).astype(np.uint8)
        for task, cells in (("00000001", blocks), ("00000002", speckled)):
            rows.append(row(task, Pair(Grid(cells), Grid(np.full((1, 1), n % 10, np.uint8)))))
    folder = tmp_path_factory.mktemp("inputs") / "corpus"
    Dataset.from_list(rows, features=features()).save_to_disk(str(folder))
    return folder


def test_pairs_are_what_the_programs_make_of_the_inputs(script: ModuleType, inputs: Path, tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("two", 2)):
        script.main(tmp_path / name, [inputs], wanted=6, per_rule=5, seed=1, workers=workers)
    one, two = (load_from_disk(str(tmp_path / name)).to_list() for name in ("one", "two"))
    assert one == two and len(one) == 30
    lines = [json.loads(line) for line in (tmp_path / "one" / "rules.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {line["id"]: line["text"] for line in lines}
    assert len(texts) == 6 and all(id.startswith(PREFIX) for id in texts)
    for values in one:
        program = parse_program(texts[values["task"]].partition(": ")[2].partition(" @ ")[0])
        given, made = (np.array(values[n], np.uint8).reshape(-1, values[f"{n}_width"]) for n in ("input", "output"))
        again = run(program, given)
        assert again is not None and np.array_equal(again, made) and not np.array_equal(given, made)


def test_tasks_need_enough_inputs(script: ModuleType, inputs: Path, tmp_path: Path) -> None:
    """Else it would draw for ever."""
    with pytest.raises(DataError, match="no task has the 1000 inputs"):
        script.main(tmp_path / "none", [inputs], wanted=1, per_rule=1000, seed=1, workers=1)


def test_a_program_that_changes_nothing_is_given_up_early(script: ModuleType) -> None:
    asked = []

    def cells() -> object:
        for n in range(12):
            asked.append(n)
            yield np.zeros((3, 3), np.uint8)

    assert script.changed(parse_program("flip(vertical)"), cells(), 8).inputs == ()
    assert len(asked) == 5
