"""What a key says to all things: at a corner or a border of the grid, in a strip, or within frames."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # the 1 at the corner says which of the others stay
        ("act_by(corner, keyink, 0tosame_1toall5)", "1...../.22.3.", "1...../.55.5."),
        (
            "act_by(corner, keyink_line, 1tosame_10toall0_11tosame)",
            "1..../..22./...2./.3.../.3.../.....",
            "1..../...../...../.3.../.3.../.....",
        ),
        # as wide, high, large as the bar at the corner, or of its form
        (
            "act_by(corner, likekeywidth, 0toall0_1tosame_2tosame)",
            "11....../......../.22.333./.22.333.",
            "11....../......../.22...../.22.....",
        ),
        (
            "act_by(corner, likekeyheight, 0toall0_1tosame_2tosame)",
            "11...../...222./......./.333.../.333...",
            "11...../...222./......./......./.......",
        ),
        (
            "act_by(corner, likekeysize, 0toall0_1tosame_2tosame)",
            "11..../....2./....2./.3....",
            "11..../....2./....2./......",
        ),
        ("act_by(corner, likekeyform, 0toall0_1tosame_2tosame)", "11..../....2./.33.2.", "11..../....../.33..."),
        ("act_by(corner, borderline, 1toslideup_2toslideright)", "1111/..../.2.3", "1111/.2.3/...."),
        ("act_by(corner, borderline, 1toslideup_2toslideright)", "...1/.2.1/...1", "...1/..21/...1"),
        (
            "act_by(corner, colour, 5tosame_elsetobykeyright)",
            "55...../......2/.1...../.11..../.......",
            "55...../......./...1.../...11../.......",
        ),
        # in a row and in a column
        ("act_by(corner, oddinrow, 0tosame_1toall8)", "2.3.2.2", "2.8.2.2"),
        ("act_by(corner, oddincolumn, 0tosame_1toall8)", "2/./3/./2", "2/./8/./2"),
        ("act_by(corner, secondacross, 0toall1_1toall2)", "5.5.5/.....", "1.2.1/....."),
        ("act_by(corner, seconddown, 0toall1_1toall2)", "5/./5/./5", "1/./2/./1"),
        # within frames
        (
            "act_by(side, inall, 0toall0_1tosame_2tosame)",
            "5555.5555/52.5.5.25/5.35.5..5/5555.5555",
            "5555.5555/52.5.5.25/5..5.5..5/5555.5555",
        ),
        ("act_by(corner, colour, 5toallnth_elsetosame)", "3147/..../5.5./....", "3147/..../1.1./...."),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_lacking() -> None:
    before = "5555.5555/52.5.52.5/5..5.5.35/5555.5555"
    assert (
        made("act_by(boxes, colours, 1tosame_2tomasslacking_3tosame)", before)
        == "3333.5555/32.3.52.5/3..3.5.35/3333.5555"
    )
