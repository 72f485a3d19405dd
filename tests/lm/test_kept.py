"""Adapters on disk, found again by a vector."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from arc_ttt.errors import ModelError, StoreError
from arc_ttt.lm import kept
from arc_ttt.lm.kept import CONFIG, ENTRY, FOLDER, WEIGHTS

OF = {"model digest": "a" * 64, "rank": 4}


class Paper:
    """An adapter of one number, with the two methods that are needed."""

    def __init__(self, value: float = 0.0) -> None:
        self.value = value

    def save(self, folder: Path) -> None:
        (folder / CONFIG).write_text('{"r": 4, "lora_alpha": 8, "target_modules": ["o", "qkv"]}')
        save_file({"w": np.full(1000, self.value, dtype=np.float32)}, folder / WEIGHTS)

    def load(self, folder: Path) -> None:
        from safetensors.numpy import load_file

        self.value = float(load_file(folder / WEIGHTS)["w"][0])


def put(folder: Path, name: str, value: float = 1.0, of: dict[str, object] = OF) -> None:
    vector = np.array([value, 1.0], dtype=np.float32)
    kept.keep(folder, name, Paper(value), vector, of, {"lesson_tokens": 5})  # type: ignore[arg-type]


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    """Vectors, what they fit and the weights, by name, from the folder or the run it is in; a later one replaces."""
    for name, value in (("b", 1.0), ("a", 2.0), ("b", 3.0)):
        put(tmp_path / FOLDER, name, value)
    entries = kept.read(tmp_path)
    assert [e.name for e in entries] == ["a", "b"] == sorted(p.name for p in (tmp_path / FOLDER).iterdir())
    assert [e.vector.tolist() for e in entries] == [[2.0, 1.0], [3.0, 1.0]]
    assert entries[0].of == OF
    adapter = Paper()
    entries[1].load(adapter)  # type: ignore[arg-type]
    assert adapter.value == 3.0
    assert kept.digest(kept.read(tmp_path / FOLDER)) == kept.digest(entries)
    put(tmp_path / FOLDER, "b", 4.0)
    assert kept.digest(kept.read(tmp_path)) != kept.digest(entries)
    with pytest.raises(ModelError, match="damaged, or was replaced"):
        entries[1].load(adapter)  # type: ignore[arg-type]


def test_shards_are_read_together(tmp_path: Path) -> None:
    """The folder of a run in shards stands for the adapters of all of them."""
    for i in (1, 2):
        put(tmp_path / f"shard-{i}of2" / FOLDER, f"t{i}")
    assert [e.name for e in kept.read(tmp_path)] == ["t1", "t2"]


def test_one_adapter_is_an_index_of_one(tmp_path: Path) -> None:
    """Its own folder may be named; what is beside it is not looked at. What is there by name need not be read."""
    for name in ("a", "b"):
        put(tmp_path / FOLDER, name)
    (tmp_path / FOLDER / "b" / WEIGHTS).unlink()
    (tmp_path / FOLDER / ".c.tmp").mkdir()
    (entry,) = kept.read(tmp_path / FOLDER / "a")
    assert (entry.name, entry.folder) == ("a", tmp_path / FOLDER / "a")
    assert kept.names(tmp_path) == {"a", "b"}
    assert kept.names(tmp_path / "nowhere") == frozenset()


def test_an_entry_that_says_nothing_of_its_configuration(tmp_path: Path) -> None:
    """As earlier versions kept it: its configuration must be there, and that is all."""
    put(tmp_path, "a")
    path = tmp_path / "a" / ENTRY
    with safe_open(path, framework="numpy") as file:
        said, vector = json.loads(file.metadata()["kept"]), file.get_tensor("vector")
    del said["config"]
    save_file({"vector": vector}, path, {"kept": json.dumps(said)})
    assert [e.name for e in kept.read(tmp_path)] == ["a"]


def test_what_is_refused(tmp_path: Path) -> None:
    """No adapters, a folder of two kinds, a truncated file of either sort, a strange one: one line, with the file."""
    with pytest.raises(ModelError, match="nowhere: kept adapters cannot be read: No such file"):
        kept.read(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="holds no kept adapters; a run with --keep-adapters"):
        kept.read(tmp_path)
    for name in ("a", "b"):
        put(tmp_path, name)

    def spoiled(file: str, content: bytes | None) -> str:
        path = tmp_path / "b" / file
        before = path.read_bytes()
        path.write_bytes(before[: len(before) // 2] if content is None else content)
        with pytest.raises(ModelError) as refusal:
            kept.read(tmp_path)
        path.write_bytes(before)
        assert "\n" not in str(refusal.value) and str(tmp_path / "b") in str(refusal.value)
        return str(refusal.value)

    assert "truncated" in spoiled(WEIGHTS, None)
    assert "it may be truncated" in spoiled(CONFIG, None)
    for text in (b"", b"[]", b"\xff"):
        assert f"b/{CONFIG}: is no configuration" in spoiled(CONFIG, text)
    said = (tmp_path / "b" / CONFIG).read_bytes()
    for old, new, fault in (
        (b'"r": 4', b'"r": 2', "says r 2; the adapter was kept with 4"),
        (b'"lora_alpha": 8', b'"lora_alpha": 9', "says lora_alpha 9; the adapter was kept with 8"),
        (b'["o", "qkv"]', b'["o"]', 'says target_modules ["o"]; the adapter was kept with ["o", "qkv"]'),
        (b'"r": 4, ', b"", "says r null; the adapter was kept with 4"),
    ):
        assert f"b/{CONFIG}: {fault}" in spoiled(CONFIG, said.replace(old, new))
    for file in (WEIGHTS, CONFIG):
        (tmp_path / "b" / file).rename(tmp_path / "away")
        with pytest.raises(ModelError, match=rf"b/{file}: is missing$"):
            kept.read(tmp_path)
        (tmp_path / "away").rename(tmp_path / "b" / file)
    assert "no index" in spoiled(ENTRY, None)
    assert "no index" in spoiled(ENTRY, b"")
    assert "no index" in spoiled(ENTRY, (tmp_path / "a" / WEIGHTS).read_bytes())
    (tmp_path / "c").mkdir()
    with pytest.raises(ModelError, match="c: is no kept adapter"):
        kept.read(tmp_path)
    (tmp_path / "c").rmdir()
    put(tmp_path, "b", of={**OF, "rank": 8})
    with pytest.raises(ModelError, match=r"b: does not fit .*a \(rank 8, here 4\)"):
        kept.read(tmp_path)


def test_an_adapter_that_cannot_be_written_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is a `StoreError`; nothing half written stays."""
    put(tmp_path, "a", 1.0)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Paper, "save", full)
    with pytest.raises(StoreError, match=r"a: the adapter cannot be written: No space left on device"):
        put(tmp_path, "a", 2.0)
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert kept.read(tmp_path)[0].vector[0] == 1.0


WRITER = """
import itertools, sys
from pathlib import Path
from lm.test_kept import put
for i in itertools.count():
    put(Path(sys.argv[1]), f"t{i % 3}", float(i))
    print(i, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_kill_leaves_whole_entries(tmp_path: Path) -> None:
    """After SIGKILL in the middle of writing and replacing, what is there can be read; the next start clears up."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    for after in (4, 7):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert writer.stdout is not None
        for _ in range(after):
            assert writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        entries = kept.read(tmp_path)
        assert {"t0", "t1", "t2"} >= {e.name for e in entries} and len(entries) >= 2
        for entry in entries:
            adapter = Paper()
            entry.load(adapter)  # type: ignore[arg-type]
            assert adapter.value == entry.vector[0]
    (tmp_path / ".left.tmp").mkdir()
    kept.tidy(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} <= {"t0", "t1", "t2"}
    kept.tidy(tmp_path, everything=True)
    assert not list(tmp_path.iterdir())


def test_several_writers_give_the_index_of_one(tmp_path: Path) -> None:
    """Writers of different names do not disturb each other."""
    names = [f"t{i}" for i in range(12)]
    one, two = tmp_path / "one", tmp_path / "two"
    for i, name in enumerate(names):
        put(one, name, float(i))
    half = [[(i, n) for i, n in enumerate(names) if i % 2 == k] for k in (0, 1)]
    writers = [threading.Thread(target=lambda h: [put(two, n, float(i)) for i, n in h], args=(h,)) for h in half]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert kept.digest(kept.read(one)) == kept.digest(kept.read(two))
    shutil.rmtree(two / "t3")
    assert kept.digest(kept.read(one)) != kept.digest(kept.read(two))
