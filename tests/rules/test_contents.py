"""What things hold within their outline, which colour has no majority, and what is shot at."""

import pytest
from rules.grids import cells, made

from arc_ttt.rules.crowds import crowd


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_by(mixed, filling, 1tofilling0_3toboxcontent)",
            "4..4.4..4/4..4.4334/4..4.4334/42.4.4334/4444.4444",
            "4..4.4334/4..4.4334/4..4.4334/4..4.4334/4444.4444",
        ),
        ("act_by(panels, tied, 0towholeown_1toall0)", "1.5.25..5.2/2.52.51.5..", "..522511522/..522511522"),
        (
            "act_by(mixed, shotat, 0tosame_1toallshot_2tobeamonrarest)",
            "......./.11..4./.13..4./.11..4./......./.....44",
            "......./.11333./.13333./.11333./......./.....44",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_things_say_what_they_hold() -> None:
    c = crowd(cells("444.555/422.5.5/444.555/......./4444.22/4..4.2./422.4.."), "mixed")
    assert c.values("filling")[:2] == [3, 0]
    assert c.inks("content")[:2] == [2, 0]


def test_things_know_who_shoots_at_them() -> None:
    c = crowd(cells("......./.11..4./.13..4./.11..4./......./.....44"), "mixed")
    assert c.values("shotat") == [2, 1, 0]
    assert c.inks("shot") == [0, 3, 0]
    assert c.inks("shooter") == [0, 1, 0]


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(rooms, bounds, 2toall5_elsetosame)", ".1..1./.11.1./..11../......", ".1..1./.11.1./..11../......"),
        ("act_by(rooms, bounds, 2toall5_elsetosame)", ".1..1./.1..1./.1..1.", ".1551./.1551./.1551."),
        ("act_by(rooms, shoreinks, 2toall5_elsetosame)", ".1..1./.1..1./.3..1.", "51551./51551./53551."),
        ("act_by(rooms, single, 0toallshore_1tosame)", "111211/1..2.1/1..211/112211", "111211/1112.1/111211/112211"),
        (
            "act_by(corner, any, 0todotsdownown)",
            ".1.../...22/...2./...../...../...4.",
            ".1.../...22/.1.2./....2/.1.2./...42",
        ),
        ("act_by(corner, any, 0todotscross3)", "...../...../..1../...../.....", "..3../...../3.1.3/...../..3.."),
    ],
)
def test_shores_and_dotted_lines(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
