"""What an answer has in common with the demonstrations' outputs, and what it lacks."""

from __future__ import annotations

import json
from importlib import resources

import numpy as np
import pytest

from arc_ttt.agents.traits import MOST_SHOWN, kind, shared, traits, unlike
from arc_ttt.types import Grid, Pair


def grid(text: str) -> Grid:
    return Grid(np.array([[int(c) for c in row] for row in text.split("/")], np.uint8))


def test_traits_of_a_change() -> None:
    """Sizes, colours, things and the cells that change, each by name."""
    larger = traits(grid("12"), grid("12/12"))
    assert larger["has the input as a part"] is larger["larger"] is larger["keeps all colours"] is True
    assert (larger["times as high"], larger["times as wide"], "changes" in larger) == (2.0, 1.0, False)
    kept = traits(grid("100/000/023"), grid("104/000/023"))
    assert (
        kept["changes the background alone"]
        is kept["as large"]
        is kept["changes nothing beside what is coloured"]
        is True
    )
    assert (kept["colours that cells take"], kept["what takes what"]) == (frozenset({4}), frozenset({(0, 4)}))
    assert (kept["changes none of 1"], kept["more or fewer cells of 4"], kept["so many things more by side"]) == (
        True,
        1,
        1,
    )
    assert traits(grid("120"), grid("123"))["changes one colour"] is True
    assert traits(grid("120"), grid("133"))["changes one colour"] is False
    assert traits(grid("12"), grid("12"))["changes"] is False


def test_the_background_may_have_any_colour() -> None:
    """Things are what lies on the colour of most cells, black ones too."""
    made = traits(grid("777/707/777"), grid("777/707/777"))
    assert (made["its background"], made["number of its things by side"], made["single cells by side"]) == (7, 1, True)


def test_what_is_shared_is_what_all_have() -> None:
    """Nothing is where there is one demonstration."""
    first, second = traits(grid("10"), grid("12")), traits(grid("30"), grid("32"))
    common = shared([first, second])
    assert common["colours that cells take"] == frozenset({2}) and "its colours" not in common
    assert shared([first]) == {}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("changes all of 7", True, "changes all of: yes"),
        ("square", False, "square: no"),
        ("its colours", frozenset({1}), "its colours"),
        ("more or fewer cells of 0", 1, "more or fewer cells of"),
    ],
)
def test_colours_count_as_one_kind(name: str, value: object, told: str) -> None:
    assert kind(name, value) == told  # type: ignore[arg-type]


def test_what_lacks_the_demonstrations_traits_is_unlike_them() -> None:
    """Two pairs that put a 2 beside what is there: an answer with another colour, or that loses a cell, is unlike."""
    pairs = [Pair(grid("0100/0000/0003"), grid("0120/0000/0003")), Pair(grid("0000/0400/0000"), grid("0000/0420/0000"))]
    of = unlike(pairs, grid("0000/0000/0600"))
    assert of(grid("0000/0000/0620")) < 1
    assert of(grid("0000/0000/0650")) > of(grid("0000/0000/0622")) > 0
    assert of(grid("0000/0000/0020")) > 3
    assert unlike(pairs[:1], grid("06"))(grid("11/11")) == 0


def test_the_counts_are_of_traits_that_exist() -> None:
    """Each is shared more often than it is lacking, and one of what can be told of a change."""
    text = resources.files("arc_ttt.agents").joinpath("traits.json").read_text(encoding="utf-8")
    counts = json.loads(text)["counts"]
    changes = [("102/000", "122/000"), ("12", "12/12"), ("123/123", "12")]
    known = {name.rstrip("0123456789 ") for a, b in changes for name in traits(grid(a), grid(b))}
    assert {name.partition(":")[0] for name in counts} <= known
    for of in counts.values():
        assert len(of) == MOST_SHOWN - 1 and all(0 <= lacking <= n for n, lacking in of)
