"""Predictions to submission.json and back."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arc_ttt.arc import submission
from arc_ttt.arc.submission import FALLBACK
from arc_ttt.errors import DataError, StoreError
from arc_ttt.types import Grid, Prediction

A, B, C = Grid([[1]]), Grid([[2, 3]]), Grid([[4], [5]])
ZERO = [[0, 0], [0, 0]]
TESTS = {"a": 2, "b": 1, "c": 1}

grids = st.sampled_from([A, B, C, FALLBACK])
predictions = st.fixed_dictionaries(
    {},
    optional={
        id: st.builds(
            lambda id, attempts: Prediction(id, tuple(attempts)),
            st.just(id),
            st.lists(st.lists(grids, max_size=2).map(tuple), min_size=n, max_size=n),
        )
        for id, n in TESTS.items()
    },
)


def test_what_is_missing_is_a_fallback_in_its_place() -> None:
    """No attempt gives two fallbacks, one attempt the second; answers never move to another input."""
    predictions = {"a": Prediction("a", ((), (A,))), "b": Prediction("b", ((B, C),))}
    assert submission.document(["b", "a", "c"], TESTS.__getitem__, predictions) == {
        "b": [{"attempt_1": [[2, 3]], "attempt_2": [[4], [5]]}],
        "a": [{"attempt_1": ZERO, "attempt_2": ZERO}, {"attempt_1": [[1]], "attempt_2": ZERO}],
        "c": [{"attempt_1": ZERO, "attempt_2": ZERO}],
    }


def test_a_failed_task_has_all_its_entries() -> None:
    """A prediction without any attempts fills every test input with fallbacks."""
    entry = {"attempt_1": ZERO, "attempt_2": ZERO}
    assert submission.document(["a"], TESTS.__getitem__, {"a": Prediction("a", ())}) == {"a": [entry, entry]}


def test_the_order_is_the_given_one_and_others_are_left_out() -> None:
    """Ids come in the order asked for; predictions nobody asked for and third attempts do not appear."""
    predictions = {"b": Prediction("b", ((A, B, C),)), "x": Prediction("x", ((A,),))}
    made = submission.document(["c", "b"], TESTS.__getitem__, predictions)
    assert list(made) == ["c", "b"]
    assert made["b"] == [{"attempt_1": [[1]], "attempt_2": [[2, 3]]}]


@pytest.mark.parametrize("attempts", [((A,),), ((A,), (A,), (A,))])
def test_a_wrong_number_of_answers_is_refused(attempts: tuple[tuple[Grid, ...], ...]) -> None:
    """Answers that may belong to other inputs are an error, not a guess."""
    with pytest.raises(DataError, match=r"task a: \d answers for 2 test inputs"):
        submission.document(["a"], TESTS.__getitem__, {"a": Prediction("a", attempts)})


@settings(deadline=None)
@given(predictions=predictions)
def test_a_submission_is_complete_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, predictions: dict[str, Prediction]
) -> None:
    """Every id and input is there whatever was predicted, and reading gives back what was written."""
    path = tmp_path_factory.getbasetemp() / "submission.json"
    submission.write(path, submission.document(TESTS, TESTS.__getitem__, predictions))
    read = submission.read(path)
    assert list(read) == list(TESTS)
    for id, n in TESTS.items():
        given = predictions[id].attempts if id in predictions else ((),) * n
        assert read[id] == tuple((*attempts, FALLBACK, FALLBACK)[:2] for attempts in given)


def test_the_bytes_are_compact_and_the_same(tmp_path: Path) -> None:
    """The same document gives the same bytes, without spaces."""
    made = submission.document(["b"], TESTS.__getitem__, {"b": Prediction("b", ((A, B),))})
    submission.write(tmp_path / "s.json", made)
    assert (tmp_path / "s.json").read_bytes() == b'{"b":[{"attempt_1":[[1]],"attempt_2":[[2,3]]}]}'


def test_writing_replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    """The second document takes the place of the first; no temporary file stays."""
    for id in ("b", "c"):
        submission.write(tmp_path / "s.json", submission.document([id], TESTS.__getitem__, {}))
    assert list(submission.read(tmp_path / "s.json")) == ["c"]
    assert [p.name for p in tmp_path.iterdir()] == ["s.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_keeps_the_old_file(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full the old submission is still whole and the temporary file is gone."""
    path = tmp_path / "s.json"
    submission.write(path, submission.document(["b"], TESTS.__getitem__, {}))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(StoreError, match=r"s\.json: cannot be written: No space left"):
        submission.write(path, submission.document(["c"], TESTS.__getitem__, {}))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["s.json"]


def test_an_interrupted_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """^C in the midst of writing leaves the old file and no temporary one."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    submission.write(tmp_path / "s.json", {"a": []})
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        submission.write(tmp_path / "s.json", {})
    assert [p.read_text() for p in tmp_path.iterdir()] == ['{"a":[]}']


def test_nowhere_to_write(tmp_path: Path) -> None:
    """A missing folder, or a file in place of it, is a `StoreError` that names the path."""
    (tmp_path / "file").write_text("")
    for folder in ("missing", "file"):
        with pytest.raises(StoreError, match=rf"{folder}/s\.json: cannot be written"):
            submission.write(tmp_path / folder / "s.json", {})


ENTRY = {"attempt_1": [[1]], "attempt_2": [[2]]}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"{", "not JSON"),
        (b"\xff", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": 1, "a": 1}', 'task a: has "a" more than once'),
        (b'{"a": [{"attempt_1": 1, "attempt_1": 1}]}', r'task a: \[0\]: has "attempt_1" more than once'),
        ({}, "holds no tasks"),
        ([ENTRY], "is a list, not an object of attempts by task id"),
        ({"a": ENTRY}, "task a: is an object, not a list of entries"),
        ({"a": []}, "task a: has no entries"),
        ({"a": [ENTRY, None]}, r"task a: \[1\]: is null, not an object"),
        ({"a": [{"attempt_1": [[1]]}]}, r'task a: \[0\]: has no "attempt_2"'),
        ({"a": [ENTRY | {"attempt_3": [[1]]}]}, r'task a: \[0\]: has an unknown "attempt_3"'),
        ({"a": [ENTRY | {"attempt_2": []}]}, r"task a: \[0\]\.attempt_2: has no rows"),
        ({"a": [ENTRY | {"attempt_2": [[1], []]}]}, r"task a: \[0\]\.attempt_2: row 2 has no cells"),
        ({"a": [ENTRY | {"attempt_2": [[1.0]]}]}, r"task a: \[0\]\.attempt_2: row 1, cell 1 is 1\.0"),
    ],
)
def test_a_faulty_submission(content: object, fault: str, tmp_path: Path) -> None:
    """Anything but a whole submission is an error that names file, task and fault."""
    path = tmp_path / "s.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(DataError, match=rf"s\.json: {fault}"):
        submission.read(path)


def test_no_submission(tmp_path: Path) -> None:
    """A missing file and a folder are errors."""
    with pytest.raises(DataError, match=r"s\.json: cannot be read: No such file"):
        submission.read(tmp_path / "s.json")
    with pytest.raises(DataError, match="is a folder, not a file"):
        submission.read(tmp_path)
