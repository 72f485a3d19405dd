"""Marks that fly off: what they do at the border and at the colours that they meet."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("travel(1, right, 3tos_edgetos, own)", "1..3/1...", "1113/1111"),
        ("travel(1, right, 2ton_3tom_edgetos, own)", "..../1.2./..../..3.", "..../112./..1./..31"),
        ("travel(1, right, 3tor_edgetos, 4)", "1.3/.../...", "143/.4./.4."),
        ("travel(any, onwards, xtos_edgetob, own)", "555/.../.../.1./1..", "555/.1./..1/.1./1.."),
        ("travel(any, onwards, xtof_edgetos, own)", "1..../.1.../88888/88888/.....", "1..../.1.../81888/81888/..1.."),
        ("travel(any, right, xtok, own)", "1.5.5./......", "11115./......"),
        ("travel(2, right, 6tow_edgetos, own)", "2.6./..../.6..", "226./..../.622"),
        ("travel(any, inwards, xtoa, own)", "....../2..11./....1./......", "....../22222./....2./......"),
        ("travel(any, inwards, xtov, nothing)", "....../2..11./....1./......", "....../..2.../....../......"),
        ("travel(1, right, xtod_edgetos, own)", "1.2.3./......", "112233/......"),
        ("travel(1, right, xtop_edgetos, own)", "1.2.3./......", "112131/......"),
        ("travel(any, fromside, xtod_edgetos, own)", "...../1.2../3..../...2.", "...../11222/33333/...2."),
        ("travel(1, right, 5tos_xtod_edgetos, own)", "1.2.5./......", "11225./......"),
        ("travel(4, headlong, edgetos, own)", "334.../......", "333334/......"),
        ("travel(1, nose, 2tor_edgetos, own)", "2../.51/3.5", "None"),
        ("travel(1, nose, 2tor_edgetos, own)", "....5/.51.2/....5", "....5/.5112/...15"),
        ("travel(any, train, edgetot, own)", "......../12....../........", "......../12121212/........"),
        ("travel(any, train, edgetot, own)", "1...../.2..../......", "1...1./.2.2.2/..1..."),
        ("travel(any, train, xtos_edgetot, own)", "1...4./.2..4./....4.", "1...4./.2.24./..1.4."),
        ("travel(any, towards, xtos, own)", ".123....5/.........", ".12312315/........."),
        ("travel(any, slantdown, xtoc_edgetos, own)", "1...../....../666666", "1.6.../.1..../666666"),
        ("travel(1, slantlr, edgetos, own)", "...../.1.../.....", "...../.1.../..1.."),
        ("travel(1, right, 6tox_edgetos, own)", ".6.../1.6../...../.....", ".6.../116../.1111/....."),
        ("travel(1, down, 6toy_edgetos, own)", ".1.../...../.66../.....", ".1.../.111./.661./...1."),
        ("travel(rare, onwards, edgetos_xtoo, met)", ".1.../.1.4./...../.4..4/.44.4", ".1.../.1.4./...../.1..4/.14.4"),
        ("travel(1, right, xtoo_edgetos, met)", "1.3.2./..4...", "1.1.1./..4..."),
        ("travel(any, inwards, edgetos, crossing8)", "..3../...../1..../.....", "..3../..3../11811/..3.."),
        ("travel(any, slanting, 2tod_edgetos, own)", "...1./..1../2222./.....", "...1./..1../2222./2...."),
        ("travel(1, slanting, 5tob_edgetos, own)", ".....5/...1.5/..1..5/.....5", "....15/...1.5/..1..5/.1...5"),
        ("travel(any, inwards, edgetos_xtoe, unseen)", "....../2..11./....1.", "....../2...1./....1."),
        ("travel(any, inwards, edgetos_xtoi, unseen)", "....../2..11./....1.", "....../2..21./....1."),
        ("travel(any, inwards, edgetos_xtoa, unseen)", "....../2..11./....1.", "....../2..22./....2."),
        ("travel(1, nose, edgetor_xtor, walled)", ".21./..../....", "1211/1..1/1111"),
        ("travel(1, right, 3tos, own)", "1..2", "None"),
        ("travel(1, right, 3tos, own)", "....", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_happens_at_each_colour_is_read_off() -> None:
    pairs = ("..../1.2./..../..3.", "..../112./..1./..31"), ("1.2./..../..5.", "112./..1./..5.")
    assert (1, "right", "2ton_3tom_5tos_edgetos", "own") in fitted("travel", *pairs)


def test_trails_that_cross_have_a_colour_of_their_own() -> None:
    pairs = (
        ("..3.../....../1...../......", "..3.../..3.../118111/..3..."),
        ("..5./..../2.../....", "..5./..5./2282/..5."),
    )
    assert ("any", "inwards", "edgetos", "crossing8") in fitted("travel", *pairs)
