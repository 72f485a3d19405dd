"""Results as lines of JSON."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from arc_ttt.run.records import decode, encode
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
    st.dictionaries(st.text(), floats),
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
