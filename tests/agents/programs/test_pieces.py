"""Tasks with less to see: what is set aside, what is added, and lines by themselves."""

import numpy as np
from rules.grids import cells

from arc_ttt.agents.programs.pieces import Piece, pieces
from arc_ttt.agents.programs.targets import targets
from arc_ttt.rules.language import Step, program_text
from arc_ttt.types import Cells


def named(name: str, *pairs: tuple[str, str], test: str) -> list[Piece]:
    """The pieces of that name of a task."""
    inputs: tuple[Cells, ...] = (*(cells(a) for a, _ in pairs), cells(test))
    return [p for p in pieces(inputs, tuple(cells(b) for _, b in pairs)) if p.name == name]


def test_a_colour_that_is_painted_over_is_set_aside() -> None:
    found = named("without_colour", ("1.2./....", "1444/...."), ("2.1./....", "2.14/...."), test="1..2/....")
    assert [p.before for p in found] == [(2,)]
    assert np.array_equal(found[0].inputs[0], cells("1.../....")) and not (found[0].outputs[1] == 2).any()
    assert program_text(found[0].wrapped((Step("trim"),))) == "without_colour(2, [trim])"
    assert not named("without_colour", ("1.2.", "1442"), ("2.1.", "2214"), test="1..2")


def test_what_is_added_to_the_inputs_is_looked_for() -> None:
    found = named("append", ("12/3.", "1221/3..3"), ("45/.6", "4554/.66."), test="12/..")
    assert [p.before for p in found] == [("right",)]
    assert np.array_equal(found[0].outputs[0], cells("21/.3"))
    assert not named("append", ("12", "2122"), test="12")


def test_few_lines_are_looked_at_one_by_one() -> None:
    found = named("change_lines", ("12./.3.", "1../.3."), ("4../...", "4../..."), test="1../...")
    assert not found  # too few lines change
    rows = (("12./.34/5.6", "1../.3./5.."), ("78./...", "7../..."))
    found = named("change_lines", *rows, test="12./...")
    assert ("horizontal",) in [p.before for p in found]
    assert all(g.shape[0] == 1 for g in found[0].inputs)


def test_outputs_are_met_without_their_margin() -> None:
    made = (cells("..../..../1.../12.."), cells("..../..../..../34.."))
    steps = [t.suffix for t in targets(made).values()]
    assert (Step("pad_to", ("lower_left", "4x4")),) in steps
