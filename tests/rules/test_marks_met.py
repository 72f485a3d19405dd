"""Pieces laid upon the largest thing where their marks meet."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lay_by_marks(alone, as_they_are)", "22222..../21242.33./22222.31./22222.33.", "33222/31242/33222/22222"),
        # Its mark would lie on either of two cells.
        ("lay_by_marks(alone, as_they_are)", "22222..../21222.33./22212.31./22222.33./.........", "None"),
        (
            "lay_by_marks(alone, as_they_are)",
            "22222..../22222.335/22212.315/22222.335/.........",
            "22222/22335/22315/22335",
        ),
        (
            "lay_by_marks(moved, as_they_are)",
            "22222..../22222.335/22212.315/22222.335/.........",
            "22222..../22335..../22315..../22335..../.........",
        ),
        (
            "lay_by_marks(copied, as_they_are)",
            "22222..../22222.335/22212.315/22222.335/.........",
            "22222..../22335.335/22315.315/22335.335/.........",
        ),
        ("lay_by_marks(alone, as_they_are)", "22222..../22222.331/22252.551/22212.335/.........", "None"),
        ("lay_by_marks(alone, turned)", "22222..../22222.331/22252.351/22212.338/.........", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_way_is_read_off() -> None:
    pair = "22222..../22222.335/22212.315/22222.335/.........", "22222/22335/22315/22335"
    assert fitted("lay_by_marks", pair) == [("alone", "as_they_are")]


def test_pieces_find_the_one_ground_that_has_their_marks() -> None:
    before = "22222.2222/28222.2822/22822.2222/22222.2822/........../833..833../383..333../333..833.."
    after = "22222.2222/28332.2833/23832.2333/23332.2833/........../........../........../.........."
    assert made("lay_by_marks(moved, as_they_are)", before) == after
    # Its marks are on both grounds.
    assert (
        made("lay_by_marks(moved, as_they_are)", "2222.2222/2822.2822/2222.2222/........./33......./83.......")
        == "None"
    )
