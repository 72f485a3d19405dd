"""Lines without repeats, squares of the common colour, copies in the corners, things that are free on one side."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("drop_repeats(horizontal, first)", "12/34/12/56/34", "12/34/56"),
        ("drop_repeats(horizontal, once)", "12/34/12/56/34", "56"),
        ("drop_repeats(horizontal, repeated)", "12/34/12/56/34", "12/34"),
        ("drop_repeats(vertical, first)", "121/343", "12/34"),
        ("drop_repeats(vertical, first)", "12/34", "None"),
        ("paint_largest_clear(full_square, 3)", "55.5/5555/.555/..5.", "33.5/3333/.333/..5."),
        ("paint_largest_clear(full_rectangle, 3)", "5.5./5555/5555/.5..", "5.5./3333/3333/.5.."),
        ("act_by(corner, any, 0toatcorners)", "...../..1../..11./.....", "1..1./11111/1.11./11.11"),
        ("act_by(corner, any, 0tomirrorlr)", "1.../11../..../....", "1.../11../..11/...1"),
        ("act_by(corner, freeleft, 0tosame_1toall5)", "11.2/...2", "55.2/...2"),
        ("act_by(corner, freeright, 0tosame_1toall5)", "11.2/...2", "11.5/...5"),
        ("act_by(corner, freeup, 0tosame_1toall5)", "1.3/11./...", "5.5/55./..."),
        ("act_by(corner, freedown, 0toall4_1toall5)", "1.../..../1..3", "4.../..../5..5"),
        ("spread_turned(right)", "125../345..", "12531/34542"),
        ("spread_turned(right)", "125..5../345..5..", "12531543/34542521"),
        ("spread_turned(left)", "125..5../345..5..", "12524543/34513521"),
        ("spread_turned(mirrored)", "125../345../55555/..5../..5..", "12521/34543/55555/34543/12521"),
        ("spread_turned(down)", "125..5../345..5..", "12534512/34512534"),
        ("spread_turned(across)", "..5125../..5345..", "21512521/43534543"),
        (
            "pull_ropes(along)",
            ".......5/11.....5/1111...5/11.....5",
            ".......5/..11...5/..11...5/..11...5",
        ),
        ("pull_ropes(back)", "...../...../..11./..11./..1..", "...../..11./..11./...../....."),
        ("pull_ropes(along)", "11../11..", "None"),
        ("compute_panel(all, ink3)", "1.15.225...", "1.15.225..3"),
        ("compute_panel(some, own)", "1..5.2.5...", "1..5.2.512."),
        ("compute_panel(one, ink4)", "1.15.225...", "1.15.22544."),
        ("compute_panel(none, ink4)", "1..5.2.5...", "1..5.2.5..4"),
        ("compute_panel(first, own)", "1.15.225...", "1.15.2251.."),
        ("compute_panel(last, own)", "1.15.225...", "1.15.225.2."),
        ("compute_panel(some, own)", "1.15.22", "None"),
        ("list_by(corner, any, is0, least_left, diagonal)", "1.22.3", "1../.2./..3"),
        ("list_by(corner, any, is0, least_left, rising)", "1.22.3", "..3/.2./1.."),
        ("act_by(corner, any, 0tostepgapright)", "11....../1.......", "...11.../...1...."),
        ("act_by(corner, any, 0tocopygapdown)", "11./1../.../.../...", "11./1../.../11./1.."),
        ("act_by(corner, any, 0tomirrorgapdown)", "11./1../.../.../...", "11./1../.../1../11."),
        ("act_by(corner, single, 0tosame_1topullneargap)", "3...22", "..3.22"),
        ("act_by(corner, largest, 0topulllargegap_1tosame)", "3...22", "..3.22"),
        ("count_by(corner, held, is1cells, row, own)", "1111.3/1331../1..1../11113.", "33"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_cells_are_counted() -> None:
    pairs = [
        ("1111.3/1331.3/1..1../13.1../1111.3", "333"),
        ("3...../3.1111/3.13.1/..1..1/..1111", "3"),
        ("1111.../1331.33/13.1.../1..1.33/1111.33", "333"),
        ("1111.../1333.33/13.1.../1..1.33/1111.33", "3333"),
    ]
    assert ("corner", "outer", "is1cells", "row", "own") in fitted("count_by", *pairs)
