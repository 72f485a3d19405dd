"""A run's folder: what is finished stays, whatever happens."""

import dataclasses
import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.arc import submission
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.run import store as module
from arc_ttt.run.store import Header, Store, prepare, read_config, read_results, refuse_parts
from arc_ttt.types import Grid, Prediction, Result


def result(id: str, colour: int = 1, error: str | None = None) -> Result:
    return Result(Prediction(id, ((Grid([[colour]]),), ())), error=error)


def test_what_was_appended_is_there_after_reopening(folder: Path, header: Header) -> None:
    """The same run goes on with what it has; of several lines of one task the last counts."""
    with Store.open(folder, header) as store:
        store.append(result("a", error="RuntimeError: once"))
        store.append(result("b"))
        store.append(result("a", 2))
    with Store.open(folder, header) as store:
        assert store.results == {"a": result("a", 2), "b": result("b")}
    assert read_results(folder) == {"a": result("a", 2), "b": result("b")}


def test_config_holds_the_settings(folder: Path, header: Header) -> None:
    """config.json names digest, settings, model, prompt, tasks, version, machine and where the tasks came from."""
    Store.open(folder, header).close()
    config = read_config(folder)
    assert set(config) == {
        "digest",
        "arc-ttt",
        "settings",
        "options",
        "model",
        "prompt",
        "tasks",
        "machine",
        "source",
        "seen",
        "chosen",
    }
    assert (config["digest"], config["settings"]["ttt"]["rank"]) == (header.digest, 32)


@pytest.mark.parametrize("torn", [b'{"task": "b", "corr', b"\0\0\0\0", b"\0\0}\n", b"{}", b'{"task"\n'])
def test_a_torn_last_line_is_dropped(folder: Path, header: Header, torn: bytes) -> None:
    """A kill in the middle of a line costs that line; the next one starts where it began."""
    with Store.open(folder, header) as store:
        store.append(result("a"))
    with (folder / "results.jsonl").open("ab") as file:
        file.write(torn)
    with Store.open(folder, header) as store:
        assert set(store.results) == {"a"}
        store.append(result("b"))
    assert set(read_results(folder)) == {"a", "b"}


@pytest.mark.parametrize("line", [b"{}\n", b'{"task": "b", "correct": "no"}\n'])
def test_a_last_line_that_is_whole_and_wrong_is_refused(folder: Path, header: Header, line: bytes) -> None:
    """Somebody has written it, and would else never learn that it does not count; nothing is cut off."""
    Store.open(folder, header).close()
    path = folder / "results.jsonl"
    path.write_bytes(line)
    with pytest.raises(StoreError, match=r"results\.jsonl: line 1 is not a result"):
        Store.open(folder, header)
    assert path.read_bytes() == line


def test_a_broken_line_before_others_is_refused(folder: Path, header: Header) -> None:
    """No kill does that, so nobody knows what else is lost; the message names the line."""
    with Store.open(folder, header) as store:
        store.append(result("a"))
        store.append(result("b"))
    path = folder / "results.jsonl"
    path.write_bytes(path.read_bytes()[5:])
    with pytest.raises(StoreError, match=r"results\.jsonl: line 1 is not a result; remove that line, and the run's"):
        Store.open(folder, header)


def test_other_settings_are_refused(folder: Path, header: Header) -> None:
    """The message is one line with what differs and what to do; the results stay."""
    with Store.open(folder, header) as store:
        store.append(result("a"))
    settings = {**header.settings, "views": 8, "ttt": {**header.settings["ttt"], "rank": 4}}
    other = dataclasses.replace(header, digest="f" * 64, settings=settings)
    with pytest.raises(ConfigError) as fault:
        Store.open(folder, other)
    message = str(fault.value)
    assert "(ttt.rank 32, now 4; views 16, now 8)" in message
    assert "--out" in message and "--fresh" in message and "\n" not in message
    assert set(read_results(folder)) == {"a"}


def test_other_weights_are_refused(folder: Path, header: Header) -> None:
    """A model of the same name with other weights shows in its digest."""
    Store.open(folder, header).close()
    other = dataclasses.replace(header, digest="f" * 64, model={"name": "tiny", "digest": "3" * 64})
    with pytest.raises(ConfigError, match=r"\(model\.digest 11111111, now 33333333\)"):
        Store.open(folder, other)


def test_another_machine_goes_on(folder: Path, header: Header) -> None:
    """What only tells of the machine is no part of the digest; config.json names each once, whatever its workers."""
    Store.open(folder, header).close()
    for threads, workers in ((64, 1), (64, 8), (2, 3)):
        Store.open(folder, dataclasses.replace(header, machine={"threads": threads, "workers": workers})).close()
    config = read_config(folder)
    assert config["machine"] == {"threads": 2}
    assert config["machines"] == [{"threads": 2}, {"threads": 64, "workers": 1}]


def test_fresh_begins_anew(folder: Path, header: Header) -> None:
    """The results of other settings go, and the new settings are written down."""
    with Store.open(folder, header) as store:
        store.append(result("a"))
    other = dataclasses.replace(header, digest="f" * 64)
    with Store.open(folder, other, fresh=True) as store:
        assert store.results == {}
    assert read_config(folder)["digest"] == "f" * 64
    assert read_results(folder) == {}


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("name", ["thesis.tex", "config.json"])
def test_a_folder_of_other_things_is_refused(folder: Path, header: Header, fresh: bool, name: str) -> None:
    """Nothing is written among foreign files, nor are they ever deleted."""
    folder.mkdir(parents=True)
    (folder / name).write_text("x")
    with pytest.raises(ConfigError, match=f"is no run of arc-ttt, but holds {re.escape(name)}"):
        Store.open(folder, header, fresh=fresh)
    assert [(p.name, p.read_text()) for p in folder.iterdir()] == [(name, "x")]


def test_an_empty_folder_will_do(folder: Path, header: Header) -> None:
    """Also one with hidden files, or with the empty results.jsonl of a run that was killed at once."""
    folder.mkdir(parents=True)
    (folder / ".gitkeep").touch()
    (folder / "results.jsonl").touch()
    Store.open(folder, header).close()


def test_a_file_in_the_way(folder: Path, header: Header) -> None:
    """A folder that cannot be made is a StoreError that names it."""
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("a file where a folder should be")
    with pytest.raises(StoreError, match=r"results/run: cannot be written"):
        Store.open(folder, header)


def test_two_processes_cannot_write_one_run(folder: Path, header: Header) -> None:
    """The second is refused until the first is done."""
    pytest.importorskip("fcntl")
    with (
        Store.open(folder, header),
        pytest.raises(StoreError, match="another process is writing this run"),
    ):
        Store.open(folder, header, fresh=True)
    Store.open(folder, header).close()


def test_the_submission_is_complete_at_once(folder: Path, header: Header, make_tasks: Callable[..., TaskSet]) -> None:
    """Every id and both attempts, before any result."""
    tasks = make_tasks(faulty=("d",))
    with Store.open(folder, header) as store:
        store.write_submission(tasks)
    document = json.loads((folder / "submission.json").read_bytes())
    fallback = {"attempt_1": [[0, 0], [0, 0]], "attempt_2": [[0, 0], [0, 0]]}
    assert document == {id: [fallback, fallback] for id in "abcd"}


class FullDisk:
    """A file that takes half of a line and then no more."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.left = 1

    def write(self, data: memoryview) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.left -= 1
        return int(self.file.write(data[: max(1, len(data) // 2)]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def test_a_full_disk_loses_nothing(folder: Path, header: Header) -> None:
    """A line that does not fit is taken back, and the error says why."""
    with Store.open(folder, header) as store:
        store.append(result("a"))
        before = (folder / "results.jsonl").read_bytes()
        store._file = FullDisk(store._file)
        with pytest.raises(StoreError, match=r"results\.jsonl: cannot be written: No space left"):
            store.append(result("b"))
        assert set(store.results) == {"a"}
    assert (folder / "results.jsonl").read_bytes() == before


def test_a_write_in_pieces_is_whole(folder: Path, header: Header) -> None:
    """The system may take a line in several pieces."""
    with Store.open(folder, header) as store:
        store._file = FullDisk(store._file)
        store._file.left = 1000
        store.append(result("a"))
    assert set(read_results(folder)) == {"a"}


def test_a_full_disk_keeps_the_submission(
    folder: Path, header: Header, make_tasks: Callable[..., TaskSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The submission before stays where the new one cannot be written."""

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Store.open(folder, header) as store:
        store.write_submission(make_tasks())
        before = (folder / "submission.json").read_bytes()
        monkeypatch.setattr(os, "fsync", fsync)
        store.results["a"] = result("a")
        with pytest.raises(StoreError, match="No space left"):
            store.write_submission(make_tasks())
    assert (folder / "submission.json").read_bytes() == before


@pytest.mark.parametrize("content", [None, b"{", b"[]", b"\xff"])
def test_a_folder_that_is_no_run_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """Reading a run without config.json, or with a broken one, is a StoreError."""
    if content is not None:
        (tmp_path / module.CONFIG).write_bytes(content)
    with pytest.raises(StoreError, match=r"config\.json"):
        read_config(tmp_path)


def test_what_is_there_instead_of_a_run(tmp_path: Path, header: Header, make_tasks: Any) -> None:
    """Nothing, a file, parts alone, a run that had not begun, or something else: each is said, without advice that only
    a command that writes could follow."""
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    prepare(tmp_path / "early", make_tasks())
    (tmp_path / "mixed").mkdir()
    for path in (tmp_path / "other" / "mine.txt", tmp_path / "mixed" / "mine.txt"):
        path.write_text("text")
    (tmp_path / "mixed" / module.SUBMISSION).write_text("{}")
    for i in (1, 2, 3):
        Store.open(tmp_path / "parts" / f"shard-{i}of3", header).close()
    for name, what in (
        ("none", "no such run"),
        ("file", "is a file, and a run is a folder"),
        ("parts", "holds parts only (shard-1of3, shard-2of3, …); gather them with the command that made them, "
         "without --shard"),
        ("early", "was stopped before its first task"),
        ("other", "is no run: it has no config.json"),
        ("mixed", "is no run: it has no config.json"),
    ):  # fmt: skip
        with pytest.raises(StoreError) as fault:
            read_config(tmp_path / name)
        assert str(fault.value) == f"{tmp_path / name}: {what}"
    for name in ("parts", "early"):  # what a run begins with looks like a task
        with pytest.raises(StoreError, match=name):
            refuse_parts(tmp_path / name)
    for name in ("none", "file", "other", "mixed"):
        refuse_parts(tmp_path / name)


def test_advice_is_for_those_who_write(folder: Path, header: Header) -> None:
    """A broken config.json: only who would begin or go on with a run there can name another folder."""
    Store.open(folder, header).close()
    (folder / module.CONFIG).write_text("{")
    with pytest.raises(StoreError, match=r"is not a run's configuration: not JSON: [^;]*$"):
        read_config(folder)
    with pytest.raises(
        StoreError, match=r"is not a run's configuration: not JSON: .*; name another --out, or pass --fresh"
    ):
        Store.open(folder, header)
    Store.open(folder, header, fresh=True).close()


def test_shards_of_another_run_are_refused(folder: Path, header: Header) -> None:
    """They would be solved again in silence: the part and the difference are named, and nothing is begun. `fresh`
    begins without them, and goes on without them."""
    with Store.open(folder / "shard-2of2", header) as shard:
        shard.append(result("a"))
    other = dataclasses.replace(header, digest="f" * 64, settings={**header.settings, "seed": 5})
    with pytest.raises(ConfigError, match=r"shard-2of2: was made with other settings \(seed 0, now 5\); name another"):
        Store.open(folder, other)
    assert not (folder / module.CONFIG).exists()
    Store.open(folder, other, fresh=True).close()
    with Store.open(folder, other) as store:
        store.gather(["a"])
        assert store.results == {}


def test_results_of_other_tasks_are_left_out(folder: Path) -> None:
    """The rest is as it was, and one line names the first of them."""
    results = {id: result(id) for id in ("a", "x", "y")}
    kept, line = module.own(folder, results, ["a", "b"], "some tasks")
    assert kept == {"a": result("a")}
    assert line == f"{folder / 'results.jsonl'}: task x and 1 more: not among the tasks of some tasks, so left out"
    assert module.own(folder, kept, ["a", "b"], "some tasks") == (kept, "")


def test_shards_are_gathered(folder: Path, header: Header) -> None:
    """What the shards of the same run have answered is taken over: not their failures, nor what was not asked for, nor
    another run's shard that came later; a folder that holds only shards is no foreign one."""
    for name, ids in (("shard-1of2", ("a", "c")), ("shard-2of2", ("b",))):
        with Store.open(folder / name, header) as shard:
            for id in ids:
                shard.append(result(id))
    with Store.open(folder / "shard-2of2", header) as shard:
        shard.append(result("d", error="RuntimeError: no luck"))
    Store.open(folder, header).close()
    with Store.open(folder / "shard-1of9", dataclasses.replace(header, digest="other")) as shard:
        shard.append(result("e"))
    with Store.open(folder, header) as store:
        store.gather(["a", "b", "d", "e"])
        assert store.results == {"a": result("a"), "b": result("b")}
    assert read_results(folder) == {"a": result("a"), "b": result("b")}


def test_what_kills_left_is_cleared_away(folder: Path, header: Header) -> None:
    """Half-written files of processes that are gone; nothing else that is hidden."""
    Store.open(folder, header).close()
    for name in (".submission.json.7.tmp", ".config.json.8.tmp", ".keep"):
        (folder / name).write_text("half")
    Store.open(folder, header).close()
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == [".keep"]


def test_a_submission_before_anything_is_known(tmp_path: Path, header: Header, make_tasks: Any) -> None:
    """It is complete, and the run begins beside it; what would be refused later is refused here, untouched."""
    tasks = make_tasks()
    prepare(tmp_path / "run", tasks)
    assert list(submission.read(tmp_path / "run" / "submission.json")) == ["a", "b", "c"]
    Store.open(tmp_path / "run", header).close()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("text")
    with pytest.raises(ConfigError, match=r"is no run of arc-ttt, but holds mine\.txt"):
        prepare(tmp_path / "other", tasks)
    with pytest.raises(StoreError, match="is a file"):
        prepare(tmp_path / "other" / "mine.txt", tasks)
    assert [p.name for p in (tmp_path / "other").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("fresh", [False, True])
def test_a_submission_of_somebody_else_is_kept(folder: Path, header: Header, make_tasks: Any, fresh: bool) -> None:
    """A folder with a submission that answers something, and no run, is foreign; so is a broken one."""
    tasks = make_tasks()
    for content in (b'{"a": [{"attempt_1": [[1]], "attempt_2": [[0]]}]}', b"my notes"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "submission.json").write_bytes(content)
        for begin in (lambda: prepare(folder, tasks), lambda: Store.open(folder, header, fresh=fresh)):
            with pytest.raises(ConfigError, match=r"is no run of arc-ttt, but holds submission\.json; name another"):
                begin()
        assert (folder / "submission.json").read_bytes() == content


def test_a_name_that_no_folder_can_have(tmp_path: Path, header: Header, make_tasks: Any) -> None:
    """One line, whatever looks first."""
    for path in (tmp_path / ("x" * 300), Path("a\0b")):
        with pytest.raises(StoreError, match="cannot be a run's folder"):
            Store.open(path, header)
        with pytest.raises(StoreError, match="cannot be a run's folder"):
            prepare(path, make_tasks())


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"[]", b'{"digest": 1}', b'{"digest": "1", "source": 2}', b'{"digest": "1", "seen": [1]}'],
)
def test_a_configuration_that_is_none(folder: Path, header: Header, content: bytes) -> None:
    """Nested beyond reason, or of other kinds than a run writes."""
    Store.open(folder, header).close()
    (folder / "config.json").write_bytes(content)
    with pytest.raises(StoreError, match="is not a run's configuration"):
        read_config(folder)


def test_a_later_start_knows_better_where_things_are(folder: Path, header: Header) -> None:
    """Answers that come later, and tasks that were moved, are noted; nothing else of the configuration changes."""
    Store.open(folder, dataclasses.replace(header, source={"tasks": "/a", "solutions": None})).close()
    before = read_config(folder)
    Store.open(folder, dataclasses.replace(header, source={"tasks": "/b", "solutions": "/s"})).close()
    Store.open(folder, dataclasses.replace(header, source={"tasks": "/b", "solutions": None})).close()
    assert read_config(folder) == before | {"source": {"tasks": "/b", "solutions": "/s"}}


def test_a_line_is_on_disk_before_it_counts(folder: Path, header: Header, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is synced with all its bytes, and only then told of: a machine that goes down loses nothing that was told."""
    synced: list[tuple[int, int]] = []
    real = os.fsync
    with Store.open(folder, header) as store:

        def fsync(file: int) -> None:
            synced.append((os.fstat(file).st_size, len(store.results)))
            real(file)

        monkeypatch.setattr(os, "fsync", fsync)
        store.append(result("a"))
        assert synced == [((folder / "results.jsonl").stat().st_size, 0)] and set(store.results) == {"a"}
