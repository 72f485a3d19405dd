"""Figures whose sides two counts say."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("draw_sized(rowlines, columnlines, chessboard, rowlines, columnlines)", ".2.2/1212/.2.2/1212/.2.2", "None"),
        (
            "draw_sized(rowlines, columnlines, chessboard, rowlines, columnlines)",
            ".2.2./12121/.2.2./.2.2./12121/.2.2.",
            "12/21",
        ),
        ("draw_sized(roomsdown, n4, rows, commonest, ink3)", "..../1111/...2", "1111/3333"),
        ("draw_sized(things, colours, full, rarest, ground)", "1.1.2", "22/22/22"),
        (
            "draw_sized(largestheight, largestwidth, frame, largest, ground)",
            "1111/1..1/1.../1..2",
            "1111/1..1/1..1/1111",
        ),
        ("draw_sized(voidheight, voidwidth, full, ink3, ground)", "1...1/1...1/11.11", "333/333"),
        ("draw_sized(singles, holes, columns, ink4, ink5)", "1.2.", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_counts_and_colours_are_inferred() -> None:
    found = fitted(
        "draw_sized",
        (".2.2./12121/.2.2./.2.2./12121/.2.2.", "12/21"),
        ("..4../33433/..4../..4..", "3"),
        ("..4../33433/..4../33433/..4../33433", "3/4/3"),
    )
    assert ("rowlines", "columnlines", "chessboard", "rowlines", "columnlines") in found
