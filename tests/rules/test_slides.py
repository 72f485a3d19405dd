"""Things that slide, each in a direction of its own, and pile up."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("slide_by(corner, colour, 8toup_elsetodown, none)", ".1.8/.2../8.../....", "8..8/..../.1../.2.."),
        ("slide_by(corner, holed, 0tostay_1todown, none)", "111/1.1/111/.../2..", ".../111/1.1/111/2.."),
        ("slide_by(side, colour, 2todown_3tofloat, 1)", "2.3/.../111/111", ".../..3/111/211"),
        ("slide_by(corner, any, elsetoaway5, none)", "...../.2.../.25.3/1....", "...../2..../2.5.3/1...."),
        ("slide_by(corner, any, elsetotowards5, none)", "2..../....5/3.6.5", "2..../....5/..365"),
        ("slide_by(cell, any, elsetoaway2, none)", "23.4./.1.../.1..2", "2..34/.1.../1...2"),
        ("slide_by(corner, colour, 1tostay_elsetoahead1, none)", "...2/1.../1.3./....", "...2/1.../1..3/...."),
        ("slide_by(corner, colour, 5tostay_elsetobehind5, none)", "..3./.5../555./2...", "..../.53./555./2..."),
        ("slide_by(cell, any, elsetohomeorgo, none)", "1.3.2/11..2/1.212", "1...2/11..2/11.22"),
        ("slide_by(cell, any, elsetohome, none)", "1.3.2/1.1.2/1.2.2", "1.3.2/11..2/1..22"),
        ("slide_by(mixed, any, elsetonose, none)", "112../.....", "..112/....."),
        ("slide_by(corner, any, elsetotoline, none)", "3.../.2../.22./5555", "..../.2../322./5555"),
        ("slide_by(corner, any, elsetofromline, none)", "4../4.2/4../4..", "None"),
        ("slide_by(corner, any, elsetofromline, none)", "4../42./4../4..", "4../4.2/4../4.."),
        ("slide_by(corner, any, elsetotokin, none)", "33..3/33.../...2.", "333../33.../...2."),
        ("slide_by(corner, any, elsetofromkin, none)", "33.3./33.../...2.", "33..3/33.../...2."),
        ("slide_by(corner, any, elsetotosign, none)", ".2../..../.22./4...", ".2../.22./..../4..."),
        ("slide_by(corner, colour, 1todown, none)", "1.2/...", "None"),
        ("slide_by(corner, any, elsetoahead4, none)", "1.2/...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_directions_are_read_off_by_case() -> None:
    pairs = (".1.8/.2../8.../....", "8..8/..../.1../.2.."), ("1.../..../...3/.8..", ".8../..../..../1..3")
    assert fitted("slide_by", *pairs)[0] == ("corner", "colour", "8toup_elsetodown", "none")
