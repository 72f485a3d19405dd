"""Grids summed up, lines kept and ordered, things lined up, and programs that see less of a grid."""

import numpy as np
import pytest
from rules.grids import cells, fitted, made

from arc_ttt.rules.concentric import nest_list, unnested
from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.learned_views_lines import scene
from arc_ttt.rules.lined_up import unpadded
from arc_ttt.rules.properties import is_property, property_cost


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("squeeze_gappy", "...../.1.22/.112./.3344/.....", "12/34"),
        ("squeeze_gappy", "12/34", "None"),
        ("overlay_marked(mixed)", "111.111/121.111/111.113", "111/121/113"),
        ("overlay_marked(mixed)", "111.11/121.11", "None"),
        ("nest_list(outside)", "12", "111/121/111"),
        ("nest_list(inside)", "1/2", "222/212/222"),
        ("nest_list(inside)", "12/34", "None"),
        ("keep_lines(up, n2)", "12/34/56", "12/34"),
        ("keep_lines(right, n1)", "12/34/56", "2/4/6"),
        ("keep_lines(up, n2)", "12", "None"),
        ("shed_line(up)", "12/34/56", "34/56"),
        ("shed_line(right)", "12/34/56", "1/3/5"),
        ("shed_line(left)", "1/3/5", "None"),
        ("shed_walls", "5551/5.22/5..3", "551/.22/..3"),
        ("shed_walls", "555/.22/..3", ".22/..3"),
        ("shed_walls", ".../.22/..3", "None"),
        ("line_up_level(things, most_size, horizontal, far, g1)", "1..../1.22./1.22.", "...1/22.1/22.1"),
        ("pad_to(lower_right, 2x3)", "12", ".../.12"),
        ("pad_to(middle, 3x3)", "1", ".../.1./..."),
        ("pad_to(middle, 2x2)", "1", "None"),
        ("without_colour(3, [gravity(down)])", "1../3../...", ".../3../1.."),
        ("without_colour(3, [gravity(down)])", "1../...", "None"),
        ("change_lines(vertical, [flip(horizontal)])", "12/34", "34/12"),
        ("change_insides([gravity(down)])", "1111/12.1/1..1/1111", "1111/1..1/12.1/1111"),
        ("sort_cells", "1.2/2..", ".../221"),
        ("act_by(mixed, any, 0tobyspecksright)", "121../111../...../343../444..", ".121./.111./...../..343/..444"),
        (
            "act_by(side, colour, 5toallscaledtwin_elsetosame)",
            "1..55../11.55../...5555/...5555",
            "1..11../11.11../...1111/...1111",
        ),
        (
            "act_by(side, colour, 5toallscaledturnedtwin_elsetosame)",
            ".1.5555/11.5555/...55../...55..",
            ".1.1111/11.1111/...11../...11..",
        ),
        (
            "act_by(corner, nearside, 0tosame_1toall1_2toall2_3toall3_4toall4)",
            "...5.../......./5..5..5/......./..5....",
            "...1.../......./3..5..4/......./..2....",
        ),
        ("act_by(corner, any, 0tobysizeright)", "11...../2......", "..11.../.2....."),
        ("act_by(corner, any, 0tocornernear)", "..../..1./..../..../....", "...1/..../..../..../...."),
        ("act_by(corner, any, 0tooveracross)", "1..../11...", "....1/...11"),
        ("complete_scattered(never)", "121.../11..../....../...12./...1..", "121.../11..../....../...121/...11."),
        ("complete_scattered(never)", "121.../11..../....../...13.", "None"),
        ("act_by(corner, any, 0tomiddle)", "1../.../...", ".../.1./..."),
        ("act_by(corner, any, 0tospinleft)", ".1./.1./.1.", ".../111/..."),
        ("act_by(corner, any, 0tofarframe3)", "...../...../..1../...../.....", "33333/3...3/3.1.3/3...3/33333"),
        ("act_by(colours, any, 0tohull3)", ".1.1/..../.1..", ".131/.3../.1.."),
        ("act_by(corner, line, 0toallsizetwin_1tosame)", "111/.../22./2../...", "111/.../11./1../..."),
        ("act_by(colours, any, 0tohullleaks3)", "11.11/1...1/11.11", "11311/13331/11311"),
        ("act_by(corner, any, 0toinwards)", "1.../..../..../....", "..../.1../..../...."),
        ("act_by(corner, any, 0toslantlikeown)", "1..../...../...../...1.", "1..../.1.../..1../...1."),
        ("act_by(corner, single, 0tooutside4_1tosame)", "....../.11.5./.1..../......", "4444../41145./4144../4444.."),
        ("act_by(corner, sizeover2, 0toall5_1tosame)", "111/.../22.", "111/.../55."),
        ("act_by(corner, full, 0toalllegend_1tosame)", "12.../...../1.1../111..", "12.../...../2.2../222.."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_lines_are_read_off() -> None:
    kept = fitted("keep_lines", ("12/34/56", "12/34"), ("77/88/99/11", "77/88"))
    assert ("up", "n2") in kept


def test_a_row_of_things_is_read_off() -> None:
    pairs = (
        ("1..../1..22/1....", "..1/221"),
        ("33.../...../.4.../.4...", "334/..4"),
    )
    assert fitted("line_up_level", *pairs) == []
    pairs = (("1..../1..22/.....", ".1/.1"), ("5..", "5"))
    assert fitted("line_up_level", *pairs) == []
    pairs = (("1..../1..2./1....", "1./1./12"), ("33.../3..../..4..", "33./3.4"))
    assert any(f[1:] == ("most_size", "horizontal", "far", "g0") for f in fitted("line_up_level", *pairs))


def test_a_margin_is_taken_off() -> None:
    grids = [cells("..../..../1.../12.."), cells("..../..../..../3...")]
    arguments, parts = next(iter(unpadded(grids)))
    assert arguments == ("lower_left", "4x4") and [p.shape for p in parts] == [(2, 2), (1, 1)]
    assert list(unpadded([cells("12/34")])) == []


def test_squares_in_each_other_are_a_list() -> None:
    for first in ("outside", "inside"):
        row = cells("123")
        square = nest_list(row, first)
        assert square is not None
        back = unnested(square, first)
        assert back is not None and np.array_equal(back, row)
    assert unnested(cells("12/34"), "outside") is None


def test_a_measure_over_a_number_is_a_property() -> None:
    assert is_property("sizeover3") and not is_property("sizeover") and not is_property("holedover3")
    assert property_cost("sizeover3") > property_cost("size")
    assert crowd(cells("11.2"), "corner").values("widthover1") == [1, 0]


def test_a_fan_widens_from_the_end_of_a_line() -> None:
    line = cells("......./..3..../..3..../..3....")
    assert scene(line)["fan"].tolist() == [[0] * 7, [0, 0, 2, 0, 0, 0, 0], [0, 1, 2, 1, 0, 0, 0], [1, 1, 2, 1, 1, 0, 0]]
    assert not scene(cells("......./......./..3..../..3...."))["fan"].any()
    assert not scene(cells("......./..3..../..31.../..3...."))["fan"].any()
    assert scene(cells("..../..../333./...."))["fan"].tolist() == [
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [2, 2, 2, 0],
        [1, 1, 0, 0],
    ]


def test_what_lines_have_most_is_seen() -> None:
    seen = scene(cells("1122/2113/.3.."))
    assert seen["rowink"][:, 0].tolist() == [1, 1, 3] and seen["isrowink"][1].tolist() == [0, 1, 1, 0]
    assert seen["crossink"].tolist()[0] == [1, 1, 0, 0]
    cross = np.zeros((7, 7), np.uint8)
    cross[[0, 1, 5, 6], 3] = cross[3, [0, 1, 5, 6]] = 1
    assert np.argwhere(scene(cross)["evenlines"]).tolist() == [[3, 3]]
