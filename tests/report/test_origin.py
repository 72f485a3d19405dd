"""The tasks of a run and their answers, found again."""

import json
import shutil
from pathlib import Path

import pytest

from arc_ttt.arc import dataset
from arc_ttt.errors import DataError
from arc_ttt.report.origin import load_tasks
from arc_ttt.types import Grid

RUN = Path("results/run")


def task_file(folder: Path, id: str = "a", colour: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    pair = {"input": [[colour]], "output": [[2]]}
    (folder / f"{id}.json").write_text(json.dumps({"train": [pair], "test": [pair]}))
    return folder


def test_tasks_are_found_where_the_run_says(tmp_path: Path) -> None:
    """And where the caller says, if they are the same; else one line says what to do."""
    there, moved, other = (task_file(tmp_path / name, colour=c) for name, c in (("a", 1), ("b", 1), ("c", 3)))
    digest = dataset.load(there).digest
    config = {"source": {"tasks": str(there), "solutions": None}, "tasks": {"digest": digest}}
    assert load_tasks(RUN, config, None, None).order == ("a",)
    assert load_tasks(RUN, config, str(moved), None).name == "b"
    with pytest.raises(DataError, match=r"c: holds other tasks than results/run was about \(digest .*--tasks$"):
        load_tasks(RUN, config, str(other), None)
    with pytest.raises(DataError, match=r"^results/run: does not say where its tasks are; name them with --tasks$"):
        load_tasks(RUN, {"tasks": {"digest": digest}}, None, None)
    gone = config | {"source": {"tasks": str(tmp_path / "gone"), "solutions": None}}
    with pytest.raises(DataError, match=r"gone: .*results/run was about these tasks: .*--tasks$"):
        load_tasks(RUN, gone, None, None)


def test_answers_are_found_where_the_run_says(tmp_path: Path) -> None:
    """A solutions file named in config.json, or by the caller."""
    there = task_file(tmp_path / "a")
    for name, colour in (("one", 5), ("two", 6)):
        (tmp_path / name).write_text(json.dumps({"a": [[[colour]]]}))
    said = {"tasks": str(there), "solutions": str(tmp_path / "one")}
    config = {"source": said, "tasks": {"digest": dataset.load(there).digest}}
    assert load_tasks(RUN, config, None, None).solutions == {"a": (Grid([[5]]),)}
    assert load_tasks(RUN, config, None, tmp_path / "two").solutions == {"a": (Grid([[6]]),)}
    (tmp_path / "one").unlink()
    with pytest.raises(DataError, match=r"one: the answers that .* are not there any more; .*--solutions$"):
        load_tasks(RUN, config)
    told = list[str]()
    assert list(load_tasks(RUN, config, gone=told.append).order) == ["a"] and "not there any more" in told[0]


@pytest.mark.parametrize("named", ["absolute", "relative"])
def test_what_was_moved_with_the_run_is_found(tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks and answers, whether the run says where they were or names them from its working directory; a folder of the
    same name with other tasks is passed over."""
    old, new = tmp_path / "old", tmp_path / "new"
    tasks = task_file(old / "data" / "set")
    (old / "answers.json").write_text(json.dumps({"a": [[[5]]]}))
    run = old / "results" / "run"
    run.mkdir(parents=True)
    start = f"{old}/" if named == "absolute" else ""
    said = {"tasks": f"{start}data/set", "solutions": f"{start}answers.json"}
    config = {"source": said, "tasks": {"digest": dataset.load(tasks).digest}}
    shutil.move(old, new)
    task_file(new / "results" / "set", colour=3)
    monkeypatch.chdir(tmp_path)
    assert load_tasks(new / "results" / "run", config).solutions == {"a": (Grid([[5]]),)}
    (new / "answers.json").unlink()
    with pytest.raises(DataError, match=r"answers\.json: the answers that .* name them with --solutions$"):
        load_tasks(new / "results" / "run", config)
