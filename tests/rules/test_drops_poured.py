"""Loose cells that fill basins in layers."""

import pytest
from rules.grids import fitted, made

BINS = "3..2..3/......./5.55..5/5.55..5/2223333"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "pour_loose(down, rows)",
            ".4...3/..3.../....../1..1../1..1../1111..",
            "....../....../....../1441../1331../1111..",
        ),
        ("pour_loose(down, cells)", ".4../..3./..../1..1/1..1/1111", "..../..../..../1..1/1341/1111"),
        ("pour_loose(down, full)", ".4../..../1..1/1..1/1111", "..../..../1441/1441/1111"),
        ("pour_loose(down, kin)", BINS, "......./......./5.55..5/5255335/2223333"),
        ("pour_loose(up, kinrows)", "222333/5.55.5/5.55.5/....../3.2...", "222333/525535/5.55.5/....../......"),
        ("pour_loose(down, rows)", ".4../..../1111", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_they_fill_is_read_off() -> None:
    assert fitted("pour_loose", (BINS, "......./......./5.55..5/5255335/2223333")) == [("down", "kin")]
