"""Grids unfolded or cut at full lines, and things joined at their cells of one colour."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("unfold_at_hinges(gone)", "12.5/..35/4..5", "12..21/..33../4....4"),
        ("unfold_at_hinges(stays)", "12.5/..35/4..5", "12.5.21/..353../4..5..4"),
        ("unfold_at_hinges(gone)", "12/3./55", "12/3./3./12"),
        ("unfold_at_hinges(gone)", "555/5.1/52.", ".22./1..1/1..1/.22."),
        ("unfold_at_hinges(gone)", "555/512/555", "None"),
        ("unfold_at_hinges(gone)", "12./..3/4..", "None"),
        ("crop_between_twins(without)", "44/1./22/.3/5./22/.1", ".3/5."),
        ("crop_between_twins(with)", "44/1./22/.3/22/.1", "22/.3/22"),
        ("crop_between_twins(without)", "412.23/4.2123/4.21.3", "None"),
        ("crop_between_twins(without)", "4.2.21/4.2121/4.2.21", "./1/."),
        ("crop_between_twins(without)", "1./22/.3/22/.1", "None"),
        ("hinge_together(stay)", "11...../14....3/.....43", "113/143"),
        ("hinge_together(vanish)", "11...../14...../.....43", "11./1.3"),
        ("hinge_together(stay)", "11...../4...433", "11./433"),
        ("hinge_together(stay)", "41...../1...433", "None"),
        ("hinge_together(stay)", "114...234/1.4...2.4/........./..46...../..45.....", "None"),
        ("hinge_together(stay)", "114...46/1.4...45", "1146/1.45"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
