"""Results as lines of JSON."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from arc_ttt.run.records import check, decode, encode
from arc_ttt.types import Candidate, Grid, Prediction, Result

sides = st.tuples(st.integers(1, 30), st.integers(1, 30))
grids = sides.flatmap(lambda s: arrays.arrays(np.uint8, s, elements=st.integers(0, 9))).map(Grid)
floats = st.floats(allow_nan=False, allow_infinity=False)
candidate = st.builds(Candidate, grids, st.tuples(st.text(), st.text()), st.tuples(floats, floats | st.just(-math.inf)))
attempts = st.lists(st.lists(grids, max_size=2).map(tuple), max_size=2).map(tuple)
results = st.builds(
    Result,
    st.builds(Prediction, st.text(), attempts),
    st.lists(st.lists(candidate, max_size=2).map(tuple), max_size=2).map(tuple),
    st.none() | st.lists(st.booleans()).map(tuple),
    st.dictionaries(st.text(), st.floats(0, allow_infinity=False)),
    st.dictionaries(st.text(), floats | st.integers() | st.text() | st.none()),
    st.none() | st.text(),
)


@given(results)
def test_decode_inverts_encode(result: Result) -> None:
    """Every result survives, as one line of ASCII."""
    line = encode(result)
    assert line.count(b"\n") == 1 and line.endswith(b"\n") and line.isascii()
    assert decode(line) == result


def test_grids_are_rows_of_digits() -> None:
    """A grid takes one string a row."""
    line = encode(Result(Prediction("a", ((Grid([[0, 1, 2], [3, 4, 0]]),),))))
    assert json.loads(line)["attempts"] == [[["012", "340"]]]


def test_numbers_that_json_lacks_become_null() -> None:
    """A loss that is not a number does not spoil the line for other readers."""
    line = encode(Result(Prediction("a", ()), notes={"loss": math.nan, "losses": [1.0, math.inf]}))
    assert json.loads(line)["notes"] == {"loss": None, "losses": [1.0, None]}


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b"null", b"\0\0\0", b'{"task": "a"}\n'])
def test_anything_else_is_a_value_error(line: bytes) -> None:
    """A line that is not a result says so in one way."""
    with pytest.raises(ValueError):
        decode(line)


SOUND = {
    "task": "a", "correct": [True], "error": None, "seconds": {"answer": 1.5}, "notes": {"loss_after": 0.1},
    "attempts": [[["012"]]],
    "candidates": [[{"grid": ["012"], "agent": "learner", "views": ["s0"], "logprobs": [-1.0], "scores": []}]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task", None), ("task", 7), ("task", ""), ("correct", "no"), ("correct", [1]), ("correct", ["yes"]),
        ("correct", [True, False]), ("error", False), ("seconds", []), ("seconds", {"answer": "1"}),
        ("seconds", {"answer": True}), ("notes", None), ("notes", {"loss_after": "low"}), ("notes", {"round": [1]}),
        ("notes", {"memory": 3}), ("attempts", [["012"]]), ("attempts", "012"), ("attempts", [[["01", "2"]]]),
        ("seconds", {"answer": -1.5}), ("notes", {"chances": [[31]]}), ("notes", {"chances": [[0.5], [-0.1]]}),
        ("notes", {"chances": 0.5}), ("attempts", [[]]), ("attempts", []),
        ("attempts", [[["012"]], [["012"]]]), ("candidates", {}),
    ],
)  # fmt: skip
def test_a_field_of_another_kind_is_a_fault(name: str, value: object) -> None:
    """What could not have been written by a run is not believed: a flag that is a word, a grid that is one row of text,
    no attempt beside candidates."""
    check(decode(json.dumps(SOUND).encode()))
    with pytest.raises(ValueError):
        check(decode(json.dumps(SOUND | {name: value}).encode()))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grid", "012"),
        ("views", "s0"),
        ("views", [0]),
        ("logprobs", ["x"]),
        ("agent", None),
        ("evidence", {"sure": "1"}),
    ],
)
def test_a_candidate_of_another_kind_is_a_fault(name: str, value: object) -> None:
    """In each of its fields."""
    candidate = {**SOUND["candidates"][0][0], name: value}  # type: ignore[index]
    with pytest.raises(ValueError):
        decode(json.dumps(SOUND | {"candidates": [[candidate]]}).encode())


@pytest.mark.parametrize("number", ["1e999", "NaN", "1" * 400])
def test_numbers_beyond_all_measure_are_faults(number: str) -> None:
    """Nobody can count with them."""
    line = json.dumps(SOUND).replace("1.5", number)
    with pytest.raises(ValueError):
        decode(line.encode())


def test_deep_nesting_is_a_fault() -> None:
    """Not the end of the process."""
    with pytest.raises(ValueError):
        decode(json.dumps(SOUND).replace("0.1", "[" * 100_000).encode())
