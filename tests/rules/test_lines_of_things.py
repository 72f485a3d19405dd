"""Lines within things, caps, shadows, and things that shrink or grow in their place."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, any, 0tomiddlerow3)", "11./11./11.", "11./33./11."),
        ("act_by(corner, any, 0tomiddlecolumn3)", "111/111", "131/131"),
        ("act_by(corner, any, 0tospine3)", "111.1/111.1/111.1/111.1", "131.3/131.3/131.3/131.3"),
        ("act_by(corner, any, 0towaist3)", "111/111", "131/131"),
        (
            "act_by(corner, any, 0toallscaledtwin)",
            "11...../1....../...3333/...3333/...33../...33..",
            "33...../3....../...1111/...1111/...11../...11..",
        ),
        ("act_by(corner, any, 0tomiddlelines3)", "111./111./111.", "131./333./131."),
        ("act_by(corner, any, 0tofalling3)", "111./111./111.", "311./131./113."),
        ("act_by(corner, any, 0torising3)", "111./111./111.", "113./131./311."),
        ("act_by(corner, any, 0tocrossed3)", "111./111./111.", "313./131./313."),
        ("act_by(corner, any, 0tocrossed3)", "111./111.", "111./111."),
        ("act_by(corner, any, 0tocaps3)", "...../.111./.....", "...../31113/....."),
        ("act_by(corner, any, 0tocaps3)", "..1./.1../....", "..1./.1../3..."),
        ("act_by(corner, any, 0toshadowdownown)", "11.2/1.../....", "11.2/1.../11.2"),
        ("act_by(corner, any, 0toshadowup3)", ".../.../1..", "3../.../1.."),
        ("act_by(corner, any, 0toshadowleft3)", ".../..1/..1", ".../3.1/3.1"),
        ("act_by(corner, any, 0toshadowright3)", "1../1../...", "1.3/1.3/..."),
        ("act_by(corner, any, 0toshrink)", "111.2/1.1.2/111.2", "...../.1..2/....."),
        ("act_by(corner, any, 0toshrink)", "11../11..", "None"),
        ("act_by(mixed, any, 0todouble)", "12../..../....", "1122/1122/...."),
        ("act_by(mixed, any, 0toswell)", "..../.12./.12./....", "1122/1122/1122/1122"),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
