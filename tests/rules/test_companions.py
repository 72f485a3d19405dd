"""What the company of a thing says of it: cell mates, the row it is in, single cells beside it, light from a border."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # one inmate: the frame is filled; two: the frame is recoloured and they vanish; none: nothing
        (
            "act_by(corner, inmates, 0tosame_1tofillinner_2toall5_11tosame_12toall0)",
            "1111.1111.111/12.1.1231.1.1/1111.1111.111",
            "1111.5555.111/1221.5..5.1.1/1111.5555.111",
        ),
        # the first behind a single cell and the second, in a column and in a row
        (
            "act_by(corner, queue, 0tosame_1toallqueuehead_2toall5)",
            "2..../...../11.11/...../11.11",
            "2..../...../22.11/...../55.11",
        ),
        ("act_by(corner, queue, 0tosame_1toallqueuehead_2toall5)", "11.1.3/11.1..", "55.3.3/55.3.."),
        # what touches the same colour gives its colour
        ("act_by(corner, colour, 5tosame_elsetoallcomate)", "11.22/11.22/5...5", "22.11/22.11/5...5"),
        # the third of ABAB… is wrong; where two are wrong nothing is said
        ("act_by(corner, any, 0toallbeat)", "1.2.4.2.1.2", "1.2.1.2.1.2"),
        ("act_by(corner, any, 0toallbeat)", "1.2.4.2.1.3", "None"),
        # the stray goes into the row of the others; no row has most of them
        ("act_by(corner, astray, 0tosame_1torejoin)", "2.2...2/......./....2..", "2.2.2.2/......./......."),
        ("act_by(corner, astray, 0tosame_1torejoin)", "2.2..../......./....2.2", "2.2..../......./....2.2"),
        # the lamp at the left border; the shadow begins behind each cell
        (
            "act_by(corner, any, 0tolee5)",
            "......./.....3./4.22.../4...2../.......",
            "......./.....35/4.22555/4...255/.......",
        ),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
