"""The corpus of rules: the columns of the others, the same whatever the number of workers."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from datasets import load_from_disk

from arc_ttt.rules.rule import apply, parse
from arc_ttt.types import Grid

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rules", ROOT / "scripts" / "make_rules.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # the workers look its functions up by name
    spec.loader.exec_module(module)
    return module


def read(out: Path) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    rows = load_from_disk(str(out)).to_list()
    lines = (out / "rules.jsonl").read_text(encoding="utf-8").splitlines()
    return rows, [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def corpora(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("corpora")
    for name, workers in (("one", 1), ("again", 1), ("two", 2)):
        script.main(folder / name, wanted=12, per_rule=5, seed=7, workers=workers)
    return [folder / name for name in ("one", "again", "two")]


def test_the_corpus_depends_on_the_seed_alone(corpora: list[Path]) -> None:
    first, *others = map(read, corpora)
    assert all(other == first for other in others)


def test_every_row_is_a_pair_of_its_rule(corpora: list[Path]) -> None:
    rows, names = read(corpora[0])
    assert len(rows) == 12 * 5
    assert len({n["id"] for n in names}) == 12
    assert set(rows[0]) == {"task", "input", "input_width", "output", "output_width"}
    rules = {n["id"]: parse(n["text"]) for n in names}
    for row in rows:
        before, after = (
            Grid([cells[i : i + width] for i in range(0, len(cells), width)])
            for cells, width in ((row[name], row[f"{name}_width"]) for name in ("input", "output"))
        )
        assert apply(rules[row["task"]], before) == after


def test_ids_are_those_of_the_texts(corpora: list[Path]) -> None:
    _, names = read(corpora[0])
    assert all(parse(n["text"]).id == n["id"] for n in names)
    assert all(n["id"].startswith("rule-") and len(n["id"]) == 15 for n in names)


def test_another_seed_gives_other_rules(script: ModuleType, corpora: list[Path], tmp_path: Path) -> None:
    script.main(tmp_path / "other", wanted=4, per_rule=2, seed=8, workers=1)
    ids = [{n["id"] for n in read(out)[1]} for out in (corpora[0], tmp_path / "other")]
    assert not ids[0] & ids[1]
