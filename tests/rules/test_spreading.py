"""Colours that spread step by step: over what, to where, how far, and what is where two meet."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("spread_by_steps(any, empty, sides, ends, gap, own)", "1...2", "11.22"),
        ("spread_by_steps(any, empty, sides, ends, 4, own)", "1...2", "11422"),
        ("spread_by_steps(any, empty, sides, 1, gap, own)", "..1../.....", ".111./..1.."),
        ("spread_by_steps(any, empty, all, 1, gap, 3)", "..1../.....", ".313./.333."),
        ("spread_by_steps(any, 5, sides, ends, gap, own)", "155.5/..5..", "111.5/..1.."),
        ("spread_by_steps(but7, empty, across, ends, gap, own)", "1.7../2....", "117../22222"),
        ("spread_by_steps(1, others, sides, ends, gap, own)", "12.3/.2.3", "11.3/.1.3"),
        ("spread_by_steps(any, empty, two, ends, gap, 8)", "1../.1./...", "18./81./..."),
        ("spread_by_steps(any, empty, facing, ends, gap, own)", "1.1/.../...", "111/.../..."),
        ("spread_by_steps(singles, empty, sides, corner, gap, own)", "55..../....../...1..", "55.1../..111./.11111"),
        ("spread_by_steps(any, empty, right, size, gap, own)", "1..../...../22...", "11.../...../2222."),
        ("spread_by_steps(any, 1, all, ends, gap, second)", "21111/11111", "21212/11212"),
        ("spread_by_steps(any, empty, inwards, ends, 6, own)", "1...2/3....", "11622/33333"),
        ("spread_by_steps(any, empty, inwards, ends, 6, own)", "1...2/..3../.....", "None"),
        ("spread_by_steps(2, but5, sides, ends, gap, own)", "2345/.434", "2225/.222"),
        (
            "spread_by_steps(singles, empty, sides, key, gap, own)",
            "77.8../....../7...../...8..",
            "77.8../77..../7778../77888.",
        ),
        (
            "spread_by_steps(singles, empty, all, ends, gap, strip)",
            "478...../55555555/......../...4....",
            "478...../55555555/48777847/48747847",
        ),
        ("spread_by_steps(4, empty, sides, ends, gap, own)", "1...2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_spreads_and_how_far_is_read_off() -> None:
    pairs = (
        ("1....../......./......2", "111...2/11...22/1...222"),
        ("......./...3.../.......", "..333../.33333./..333.."),
    )
    assert ("any", "empty", "sides", 2, "gap", "own") in fitted("spread_by_steps", *pairs)
    assert fitted("spread_by_steps", ("1.......2", "1111..222")) == []


def test_a_tally_in_a_corner_tells_the_steps() -> None:
    pairs = (
        ("55...../......./....1../.......", "55..1../...111./..11111/...111."),
        ("5....../......./....3../.......", "5....../....3../...333./....3.."),
    )
    assert ("singles", "empty", "sides", "corner", "gap", "own") in fitted("spread_by_steps", *pairs)
