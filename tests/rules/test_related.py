"""What others say of a thing: what lies on both sides of it, and what points at it."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # between two 3s; between a 3 and a 4 there is no one colour
        ("act_by(corner, flanked, 0tosame_1toallflank)", "3.55.3/....../3.55.4", "3.33.3/....../3.55.4"),
        ("act_by(corner, colour_flanked, 51toallflank_elsetosame)", "3/./5/./3", "3/./3/./3"),
        # the T points down at the square, past which nothing is meant
        ("act_by(corner, pointedat, 0tosame_1toallpointer)", "111/.1./.../.5./.../.5.", "111/.1./.../.1./.../.5."),
        ("act_by(corner, pointedat, 0tosame_1toallpointer)", ".5./.../111/.1.", ".5./.../111/.1."),
        # in the box of one, of both, of none
        (
            "act_by(corner, colour_holders, 50toall0_51toallouter_52toall8_elsetosame)",
            "1111111.5/15....1../1.333.1../1.353.1../1.333.1../1111111..",
            "1111111../11....1../1.333.1../1.383.1../1.333.1../1111111..",
        ),
        # only what is 5 and has a hole
        (
            "act_by(corner, colour_holed, 51toall2_elsetosame)",
            "555.111/5.5.1.1/555.111/......./555....",
            "222.111/2.2.1.1/222.111/......./555....",
        ),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_commonest_colour_of_each_row_is_listed() -> None:
    pairs = (
        (".1152.../...5..../33354...", "1/3"),
        ("222533../...5..../..45111.", "2/1"),
        ("..65777./...5..../.115222./...5..../.2253...", "7/2/2"),
    )
    assert made("list_by(rows, colour, not0, least_top, column1)", "112./..../322.") == "1/2"
    assert any(found[0] == "rows" for found in fitted("list_by", *pairs))
