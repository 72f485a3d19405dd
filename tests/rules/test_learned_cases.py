"""Learned stamps, answers by a feature, decisions and joins: read off demonstrations, and silent about the unknown."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("stamp_around(corner, 1ulm1p0to7)", "..../.1.2/....", ".7../.1.2/...."),
        ("stamp_around(corner, 0ulp0p1toown)", "1..2..", "11.22."),
        ("stamp_around(corner, 0lrp1p1to3)", "11../11../....", "11../11../..3."),
        ("stamp_around(corner, 1ulp0p1to7)", "12", "12"),
        ("stamp_around(corner, 1ulp0p1rayto7)", "1..2..", "1772.."),
        ("stamp_around(corner, 4ulp0p1to7)", "12", "None"),
        ("stamp_around(corner, 0ulp0p0onto7_0ulp0p1onto8)", "11..1/11..1/...11", "78..8/11..1/...11"),
        ("answer_by(colours, 1to5_2to66r66)", "12", "66/66"),
        ("answer_by(colours, 1to5_2to66r66)", "123", "None"),
        ("decide_by(colours, c1_3, [flip(horizontal)], [])", "1.", ".1"),
        ("decide_by(colours, c1_3, [flip(horizontal)], [])", "12.", "12."),
        ("join([], [flip(horizontal)], 0x0to0_0x1to2_1x0to1_1x1to3)", "1.11", "3213"),
        ("join([], [flip(horizontal)], 0x0to0)", "1.", "None"),
        ("show_where([], coloured, [flip(horizontal)])", "12./3..", ".2./..."),
        ("show_where([], empty, [flip(horizontal)])", "12./3..", "..1/..3"),
        ("show_where([keep_colour(5)], coloured, [corner_cells])", "1..2/.55./.5../3..4", "..../.12./.3../...."),
        ("lay_where([keep_colour(5)], coloured, [flip(horizontal)])", "51./.52", ".1./.52"),
        ("lay_where([keep_colour(5)], empty, [flip(horizontal)])", "51./.52", "515/25."),
        ("lay_where([trim], coloured, [])", ".1", "None"),
        ("show_where([], coloured, [trim])", "1.1./..../....", "None"),
        ("in_frame(transposed, [flip(horizontal)])", "12/34", "34/12"),
        ("by_roles(background, [keep_colour(1)])", "771", "771"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_stamp_is_what_all_things_have_around_them() -> None:
    pairs = (".../.1./...", ".2./.1./..."), ("...../1...1/.....", "2...2/1...1/.....")
    assert ("corner", "0ulm1p0to2") in fitted("stamp_around", *pairs)


def test_a_stamp_may_be_on_the_things_alone() -> None:
    pairs = ("11./111", "11./121"), ("111/11.", "113/12.")
    assert ("corner", "0lrp0m1onto2_0ulp0p2onto3") in fitted("stamp_around", *pairs)


def test_cells_that_no_pattern_explains_make_no_stamp() -> None:
    assert fitted("stamp_around", (".1./...", ".1./..4"), ("1../...", "1../4..")) == []


def test_answers_need_a_feature_with_fewer_values_than_demonstrations() -> None:
    pairs = ("1.", "3"), ("2.", "3"), ("12", "4"), ("34", "4")
    assert ("colours", "1to3_2to4") in fitted("answer_by", *pairs)
    assert fitted("answer_by", *pairs[1:3]) == []
