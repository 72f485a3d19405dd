"""What like things have beside them or in them, places in another order, lists, and panels with pairs."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # another one of its shape is touched by a colour, or holds one
        (
            "act_by(side, touches, 0toalltwintouching_1tosame)",
            "553...5./5....55./........",
            "553...3./5....33./........",
        ),
        ("act_by(corner, holds, 0toalltwinheld_1tosame)", "444.444.44/434.4.4.4./444.444.44", "None"),
        (
            "act_by(corner, holds, 0tofillkinheld_1tosame)",
            "44444.444/4...4.4.4/4.3.4.444/4...4..../44444....",
            "44444.444/4...4.434/4.3.4.444/4...4..../44444....",
        ),
        ("act_by(side, touches, 0toallkintouching_1tosame)", "55.55/1..../.....", "55.11/1..../....."),
        # the largest of one colour and the largest of the others, the first and the first
        (
            "act_by(corner, colour, 5toallorderedsize_elsetosame)",
            "5.55.555/......../2.3..4../2.3...../2.......",
            "4.33.222/......../2.3..4../2.3...../2.......",
        ),
        ("act_by(corner, colour, 5toallorderedleft_elsetosame)", "5..5./...../.3..4", "3..4./...../.3..4"),
        ("act_by(corner, colour, 5toallorderedtop_elsetosame)", "5...3/...../5..../....4", "3...3/...../4..../....4"),
        # the list has two of three colours
        ("act_by(corner, listed, 0toall0_1tosame_2tosame)", "23...../......./2.3.4.2", "23...../......./2.3...2"),
    ],
)
def test_partner(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_panels_with_two_things_of_one_shape() -> None:
    before = "11..5.11./1...5.1../...25..../..225.222"
    assert made("act_by(panels, mates, 1toall0_2tosame)", before) == "11..5..../1...5..../...25..../..225...."
