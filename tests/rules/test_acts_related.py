"""Acts that others tell: into frames, to the shape of most, cut apart; shadows and beams that get away; copies turned
as their marks say."""

import pytest
from rules.grids import fitted, made

_HELD = "33333.2../32223.22./32..3..../3...3222./33333..2."
_CROSSED = "11...11/11...11/......./......./......./11...11/11...11"
_HELD_AFTER = "33333.2../32223.22./32..3..../3...3333./33333..3."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, holed, 0tointoframe_1tosame)", "4444./4..4./4..4./44443", "4444./4334./4334./4444."),
        ("act_by(corner, holed, 0tocopyintoframe_1tosame)", "444../4.4../444.3", "444../434../444.3"),
        ("act_by(corner, holed, 0tointoframe_1tosame)", "444..../4.4.444/444.4.4/....444/3......", "None"),
        (
            "act_by(corner, holed, 0tomiddleframe_1tosame)",
            "55555../5...5../5...5../5...5../55555.2",
            "55555../5...5../5.2.5../5...5../55555..",
        ),
        ("act_by(corner, any, 0toconform)", "11..22..33/1...2...33", "11..22..33/1...2...3."),
        (
            "act_by(corner, any, 0toconformrow)",
            "11.22.33/1..2..33/......../44.55.66/44.55.6.",
            "11.22.33/1..2..3./......../44.55.66/44.55.66",
        ),
        ("act_by(corner, any, 0toconform)", "11..22/1...22", "None"),
        ("act_by(corner, any, 0tohalfacross)", "2..../2....", "...2./...2."),
        ("act_by(corner, any, 0tohalfboth)", "2.../..../..../....", "..../..../..2./...."),
        ("act_by(corner, any, 0tohalfdown)", ".2./.2./...", "None"),
        ("act_by(corner, any, 0toslidedownin5)", "22./2../...", ".../55./5.."),
        ("act_by(corner, holed, 0tomovep1m1inrest_1tosame)", ".22.444/....4.4/....444", "....444/44..4.4/....444"),
        ("act_by(corner, any, 0tocopyrightin5)", "22../2...", "2255/2.5."),
        ("act_by(corner, likeheld, 0tosame_1toallholdertwin_2tosame_3tosame)", _HELD, _HELD_AFTER),
        ("sort_things(height, rising, horizontal, corner)", "1..../1.2../1.2.3/55555", "....1/..2.1/3.2.1/55555"),
        ("act_by(mixed, any, 0topart1)", ".../.2./.3./.2./...", ".2./.../.3./.../.2."),
        ("act_by(mixed, any, 0topart2)", "..22322..", "22..3..22"),
        ("act_by(mixed, any, 0topart1)", ".2./.2./.3./...", "None"),
        # a cut that winds, one that slants, one that crosses itself, and one that does not go through
        ("act_by(mixed, any, 0tobreak1)", "..../1111/1221/2112/1111/....", "1111/1..1/..../..../.11./1111"),
        (
            "act_by(mixed, any, 0topart1)",
            "....../.1112./.1121./.1211./.2111./......",
            "111.../11..2./1..2../..2..1/.2..11/...111",
        ),
        ("act_by(mixed, any, 0tobreak1)", "......./.11211./.11211./.22222./.11211./.11211./.......", _CROSSED),
        ("act_by(mixed, any, 0tobreak2)", "..121../..111..", "None"),
        # the shape of what lies beside, mirrored or not, at its own near side
        ("act_by(corner, colour, 2tosame_5toreflectnear)", "2...../22..55/2...55", "2....5/22..55/2....5"),
        ("act_by(corner, colour, 2tosame_5toimitatenear)", "2...../22..55/2...55", "2...5./22..55/2...5."),
        ("act_by(corner, colour, 2tosame_5toreflectnear)", ".../.5./.../22./.2.", ".5./55./.../22./.2."),
        # to what is nearest straight beside, and into it; nowhere where two are as near
        ("act_by(side, single, 0tosame_1totowallown)", "5....5/5.3..5", "5....5/533..5"),
        ("act_by(side, single, 0tosame_1tobreach)", "5....5/5.3..5", "5....5/..3..5"),
        ("act_by(side, single, 0tosame_1topiercealsotowallown)", "555../555.3/555..", "555../33333/555.."),
        ("act_by(side, single, 0tosame_1tobreach)", "5...5/5.3.5", "None"),
        # the figure of its box
        ("act_by(corner, any, 0tobecomeframe)", "22./222/2..", "222/2.2/222"),
        ("act_by(corner, any, 0tobecomecross)", "2..2/222./2...", ".22./2222/.22."),
        ("act_by(corner, any, 0tobecomeslants)", "222/2../2..", "2.2/.2./2.2"),
        ("act_by(corner, any, 0tobecomeslants)", "2222/2.../2...", "None"),
        ("act_by(corner, any, 0tobecometarget)", "22222/2..../2....", "22222/2.2.2/22222"),
        ("act_by(corner, any, 0tobecomecornersin3)", "222/2../2..", "3.3/.../3.3"),
        ("act_by(corner, any, 0tobecomechecks)", "22/22", "None"),
        ("act_by(mixed, any, 0toexchange)", "1135/11.5", "5531/55.1"),
        ("act_by(mixed, any, 0toslidebehind)", "...223..", "223....."),
        ("act_by(corner, single, 0tocastaway5_1tosame)", "4.../..../.22./..2.", "4.../..../.22./..25"),
        ("act_by(corner, single, 0tocastaway5_1tosame)", "..../4.22/....", "..../4.22/...."),
        ("act_by(corner, any, 0tocastlr5)", "22../2.../....", "22../255./.5.."),
        ("act_by(corner, single, 0tosame_1toescapeown)", ".222./.23../.222.", ".222./.2333/.222."),
        ("act_by(corner, caught, 0tosame_1toall0)", "222./232./222./....", "222./2.2./222./...."),
        ("act_by(corner, fitting, 0tosame_1toplug)", "2222.../2..2.../2222.33", "2222.../2332.../2222..."),
        ("stamp_by(speck, under, colour, 3tosame_4tofliphorizontal)", "13...4./1......", "13...41/1.....1"),
        (
            "stamp_by(middle, mark, side, 5tosame_7toturn)",
            "111...../1.1...3./1.1...../......../......../......../.4......",
            "111..333/1.1..333/1.1..3.3/......../......../4.4...../444.....",
        ),
        ("stamp_by(middle, own, colour, 3tosame)", "11.../11..3", "None"),
    ],
)  # fmt: skip
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_colours_of_marks_that_turn_a_copy_are_read_off() -> None:
    table = "stamp_by(speck, under, colour, 3tosame_4tofliphorizontal)"
    grids = ["13...4/1.....", "......../13...4../1......./......../..3....."]
    pairs = [(before, made(table, before)) for before in grids]
    # As many marks as cases, and one more, are too few.
    assert fitted("stamp_by", *pairs) == []
    pairs.append(("13...4...3....3/1..............", made(table, "13...4...3....3/1..............")))
    assert ("speck", "under", "colour", "3tosame_4tofliphorizontal") in fitted("stamp_by", *pairs)
