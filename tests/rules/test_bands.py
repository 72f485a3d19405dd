"""Bands, bridges, bars and rows that grow; rays that step aside."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("run_across_bands", "44444/44.44/22222/22222", "44.44/44.44/22222/22222"),
        ("run_across_bands", "1112222/1112222/1.12222/1112228", "1112222/1112222/...2222/1118888"),
        ("run_across_bands", "111/111", "None"),
        ("straighten_bands", "1111/1112/1222/2222/4244", "1111/1111/2222/2222/4444"),
        ("straighten_bands", "11.../112../11...", "11.../11.../11..."),
        ("straighten_bands", "1111/2222", "None"),
        ("straighten_bands > squeeze", "114444/144446/111466", "146"),
        ("bridge(8, 0, side)", "22../22../..../222.", "22../22../88../222."),
        ("bridge(8, 1, side)", "222.../222..6/222..6/222..6/222...", "222.../222..6/222886/222..6/222..."),
        ("bridge(8, 0, side)", "22./..5/..5", "None"),
        ("hang_bars(down, colours, 3)", "12./21./.../...", "12./21./33./33."),
        ("hang_bars(right, size, 3)", "11....", "1133.."),
        ("grow_rows(half_width)", "2.....", "2...../22..../222..."),
        ("grow_rows(until_full)", "22..", "22../222./2222"),
        ("grow_rows(width)", "2.2", "None"),
        ("ring_by_steps(square)", "2..../...../..2../...../....2", "22222/2...2/2.2.2/2...2/22222"),
        ("ring_by_steps(diamond)", "2.2.2../.......", "2.2.2.2/.2.2.2."),
        ("ring_by_steps(square)", "2.2/...", "None"),
        ("ring_specks(middle)", "3..../...1./..2../...../.....", "33333/31113/31213/31113/33333"),
        ("ring_specks(middle)", "3..4/.2../..../....", "None"),
        ("ring_specks(middle)", "3.../..../..2./....", "3333/3223/3223/3333"),
        ("ring_specks(diamond)", "..1../...../...4./...../.....", "..1../.141./14.41/.141./..1.."),
        ("ring_specks(lower_left)", "1.../.3../2...", "111./331./231."),
        ("move_between(3)", "3...3/11.../11.../...../3...3", "None"),
        ("move_between(3)", "3...3/1..../...../...../3...3", "3...3/...../..1../...../3...3"),
        ("shoot_turning(2, up, 5tox)", "5../.../2..", "52./22./2.."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_ray_that_steps_aside_is_found() -> None:
    pairs = [("..5../...../...../..2..", "..52./..22./..2../..2.."), (".5.../...../.2...", ".52../.22../.2...")]
    assert fitted("shoot_turning", *pairs)[0] == (2, "up", "5tox")
