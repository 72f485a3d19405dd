"""What looks unlike the demonstrations about an answer."""

from __future__ import annotations

import numpy as np

from arc_ttt.agents.programs.ranking import NOWHERE, oddities
from arc_ttt.types import Grid, Pair, Task


def grid(text: str) -> Grid:
    return Grid(np.array([[int(c) for c in row] for row in text.split("/")], np.uint8))


def test_a_colour_that_comes_from_nowhere_is_odd_where_demonstrations_bring_none() -> None:
    kept = Task("kept", (Pair(grid("05/10"), grid("55/15")), Pair(grid("25/00"), grid("25/55"))), (grid("03/10"),))
    assert oddities(kept, (grid("33/13"),)) == 0
    assert oddities(kept, (grid("53/15"),)) == NOWHERE
    new = Task("new", (Pair(grid("05/10"), grid("55/15")), Pair(grid("20/00"), grid("25/55"))), (grid("03/10"),))
    assert oddities(new, (grid("53/15"),)) == 0


def test_what_all_demonstrations_keep_is_odd_to_lose() -> None:
    """Here a cell goes from one place to another."""
    pairs = (Pair(grid("100/000"), grid("000/001")), Pair(grid("020/000"), grid("000/020")))
    moved = Task("moved", pairs, (grid("300"),))
    assert oddities(moved, (grid("003"),)) == 0
    assert oddities(moved, (grid("330"),)) > 0
    assert oddities(moved, (grid("000"),)) > 0


def test_a_part_of_the_input_is_taken_where_all_demonstrations_take_one() -> None:
    cut = Task("cut", (Pair(grid("120/345"), grid("12/34")), Pair(grid("120/345"), grid("20/45"))), (grid("678/012"),))
    assert oddities(cut, (grid("67/01"),)) == 0
    assert oddities(cut, (grid("68/01"),)) == 1
