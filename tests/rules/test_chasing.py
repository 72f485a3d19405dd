"""Things that move a cell towards others or away from them, and that fly aslant to them."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, single, 0tosame_1tochaselarge)", "1..../...../..22./..22.", "...../.1.../..22./..22."),
        ("act_by(corner, single, 0tosame_1tochaselarge)", "....3/22.../22.3./.....", "...../22.3./223../....."),
        ("act_by(corner, single, 0tosame_1toshunlarge)", "....../.1..../..22../..22..", "1...../....../..22../..22.."),
        ("act_by(corner, colour, 1tochasenear_2tosame)", "1.../..../...2", "..../.1../...2"),
        # two of the others are as near in different ways
        ("act_by(corner, colour, 1tochasenear_2tosame)", "2.1.2", "None"),
        ("act_by(corner, hasrare, 0tochaserare_1tosame)", "1...1/...../3...1", "...../1..1./3..1."),
        ("act_by(corner, any, 0tochaselike)", "1..../...../...../....1", "...../.1.../...1./....."),
        ("act_by(corner, colour, 1toaslantnear_2tosame)", "1..../...../...../...2.", "...../...../..1../...2."),
        ("act_by(corner, single, 0tosame_1toaslantlarge)", "...3./...../.2.../22...", "...../..3../.2.../22..."),
        ("act_by(corner, colour, 1toaslantnear_2tosame)", "1..../...../...2.", "None"),
        (
            "act_by(corner, single, 0toontolike_1tosame)",
            ".2.../222../.2.../...../...2./.....",
            "...../...../...../...2./..222/...2.",
        ),
        (
            "act_by(corner, single, 0toontonear_1tosame)",
            ".2.../222../.2.../...3./.....",
            "...../...../...2./..222/...2.",
        ),
        ("act_by(corner, single, 0tocopyontolike_1tosame)", "111...../1.1..1../111.....", "111.111./1.1.111./111.111."),
        ("act_by(corner, single, 0tocopyontosingle_1tosame)", "11....3/.....4.", "11...11/....11."),
    ],
)
def test_acts(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_step_is_read_off() -> None:
    pairs = (
        ("1...../....../..22../..22../....../.....1", "....../.1..../..22../..22../....1./......"),
        ("..3.../....../2...../22..../....../.3....", "....../.3..../2...../22..../.3..../......"),
    )
    found = fitted("act_by", *pairs)
    assert any("chase" in str(f[2]) for f in found)
