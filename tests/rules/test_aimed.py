"""Acts of things that aim at what is near them, spans of rows, colours that say what to do, copies placed by a cell."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, any, 0totocornerown)", "...../...../...3./.....", "...../...../...33/...33"),
        ("act_by(corner, any, 0totocornerown)", ".../.3./...", ".../.3./..."),
        ("act_by(corner, any, 0totoborder4)", "...../..3../...../.....", "..4../..3../...../....."),
        ("act_by(corner, any, 0totoborder4)", "...../.3.../...../.....", "...../.3.../...../....."),
        ("act_by(corner, any, 0toinward4)", "...../...../..2..", "..4../..4../..2.."),
        ("act_by(corner, colour, 3toinward4_2tosame)", "...../3..2./.....", "...../3442./....."),
        ("act_by(corner, single, 0tosame_1totonextown)", "3..22/....2", "33322/....2"),
        ("act_by(corner, colour, 2toflee_elsetosame)", "...../.12../.....", "...../.1..2/....."),
        ("act_by(corner, colour, 2toflee_elsetosame)", ".1.2.", ".1..2"),
        ("act_by(side, colour, 6toall0_9torecoil)", ".996999./.999699./.996999.", "99...999/999...99/99...999"),
        ("act_by(corner, colour, 2torecoil_elsetosame)", ".1..2", "None"),
        ("act_by(corner, colour, 2toapproach_elsetosame)", ".1..2", ".1.2."),
        ("act_by(side, hub, 1toflee_2tosame)", "...../..22./.311./..4../.....", "..22./...../3.11./...../..4.."),
        ("act_by(side, hub, 1toflee_2tosame)", "...../.12../.34../.....", "None"),
        ("act_by(corner, colour, 1tosame_2toswinginwards)", "2..1./...../...../.....", "...1./...../...../...2."),
        ("act_by(corner, colour, 1tosame_2toswinginwards)", "..1.2/...../.....", "..1../...../..2.."),
        ("act_by(corner, colour, 1tosame_2toswinginwards)", "...../2.1../.....", "None"),
        ("act_by(corner, colour, 1tosame_2toswingleft)", "...../...../..1.2/.....", "..2../...../..1../....."),
        ("act_by(corner, colour, 1tosame_2toswingleft)", "..2../..1../...../.....", "...../.21../...../....."),
        (
            "act_by(corner, colour, 1tosame_2toswingright)",
            "...../.1.22/...../...../.....",
            "...../.1.../...../.2.../.2...",
        ),
        ("act_by(corner, colour, 1tosame_2toswingright)", "....2/..1../...../.....", "None"),
        ("act_by(corner, any, 0tonudge)", "...../.11../.1.../.....", "...../...../..11./..11."),
        ("act_by(mixed, any, 0tonudge)", "...../.111./.121./.....", "...../...../.111./.111."),
        ("act_by(mixed, any, 0tonudge)", "...../.11../.11../.....", "None"),
        ("act_by(corner, any, 0tobordernear)", "...../..3../...../.....", "..3../...../...../....."),
        ("act_by(corner, any, 0toswapplaces)", "1../..2", "2../..1"),
        ("act_by(corner, any, 0toswapplaces)", "1../.3./..2", "None"),
        ("act_by(corner, colour, 3toplug_2tosame)", "2222..3/2..2..3/2222...", "None"),
        ("act_by(corner, colour, 3toplug_2tosame)", "2222.../2..2.../2222.33", "2222.../2332.../2222..."),
        ("act_by(corner, haslarger, 0tosame_1topullkin)", "1..../..1../...../1111.", "...../...../1.1../1111."),
        ("act_by(rowspans, narrowest, 0tosame_1tobox5)", "1...1/.1.1./.....", "1...1/.151./....."),
        ("act_by(columnspans, colours, 1tobox5_2tocentre5)", "1.1/.../1.2", "1.1/5.5/1.2"),
        ("act_by(corner, touchesrare, 0tosame_1toall5_2tosame)", "11..11/2...../.1.1.1", "55..11/2...../.1.1.1"),
        # an L, turned, and its mirror image
        (
            "act_by(corner, spintwins, 1toall5_2tosame)",
            "1..11...1/1...1...1/11..1..11",
            "1..11...5/1...1...5/11..1..55",
        ),
        ("act_by(corner, nearestrare, 0tosame_1toall5_2tosame)", "11..11/2...../.1.1.1", "55..11/2...../.5.1.1"),
        ("act_by(corner, inlinewithrare, 0toall0_1tosame_2tosame)", "2..11/...../.11..", "2..11/...../....."),
        (
            "copy_by(mixed, coloursv2, mixed, singlev1, part, cell, cell, own, moves, covered)",
            "113.../.1..../....../....3./......",
            "....../....../....../..113./...1..",
        ),
        ("copy_by(mixed, coloursv2, mixed, singlev1, one, cell, middle, own, moves, covered)", "12..3", "None"),
        ("sum_up_parts(s2x2, has3, 0to1_1to2)", "13../2..5", "21"),
        ("in_pose(rare_first, [gravity(left)])", "...2./1..../1...1", "....2/....1/...11"),
        ("in_pose(rare_first, [gravity(left)])", "..2/1../1.1", "None"),
        ("in_pose(edge_below, [gravity(up)])", "1.../2.3./..../....", "...1/..23/..../...."),
        ("in_pose(edge_below, [gravity(up)])", ".1../2.3./..../....", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_colour_says_where_each_thing_moves() -> None:
    """Four colours, each of which goes its own way."""
    first = "1..../...../...2./.....", ".1.../...../..2../....."
    second = "...../.3.../...../...4.", ".3.../...../...../....4"
    third = "...../.1.4./.3.../...2.", "...../.31.4/...../..2.."
    found = fitted("act_by", first, second, third)
    assert found[0][:2] == ("corner", "colour")
    assert str(found[0][2]).count("to") - str(found[0][2]).count("top") == 4


def test_what_vanishes_may_leave_a_ring() -> None:
    """Acts around a thing that itself changes."""
    first = "...../.3.../...../.....", "555../5.5../555../....."
    second = "......./.3...3./.......", "555.555/5.5.5.5/555.555"
    assert any(a[2] in ("0toall0alsohalo5", "0toall0alsoframe5") for a in fitted("act_by", first, second))


def test_where_nothing_changes_a_rule_may_still_hold() -> None:
    """Of three demonstrations one is left as it is: its narrowest row has no room."""
    pairs = [
        ("1..1../1....1/.1...1", "1551../1....1/.1...1"),
        ("1...1/.11../1..1.", "1...1/.11../1..1."),
        ("1....1/1...1./.1..1.", "1....1/1...1./.1551."),
    ]
    assert ("rowspans", "narrowest", "0tosame_1tobox5") in fitted("act_by", *pairs)


def test_a_copy_may_be_placed_by_a_cell() -> None:
    """The template's cell of the mark's colour comes to lie on the mark, wherever in the template it is."""
    first = "113...4/.1...../......./....3../.......", "......4/......./......./..113../...1..."
    second = (
        "......7/.2...../.25..../......./......./....5..",
        "......7/......./......./......./...2.../...25..",
    )
    assert any(a[5:7] == ("cell", "cell") for a in fitted("copy_by", first, second))


def test_marks_without_a_source_stay() -> None:
    """Only the mark whose colour the template has gets a copy."""
    first = "113..../.1...../......./....3../......./.4.....", "113..../.1...../......./..113../...1.../.4....."
    second = "......3/......./.22..../.4...../......./.....4.", "......3/......./.22..../.4...../.....22/.....4."
    found = fitted("copy_by", first, second)
    assert any(a[3] == "singlev1" and a[4] == "part" and a[5:7] == ("cell", "cell") for a in found)
