"""Copies of the grid in the fields of a lattice; its halves and quarters moved apart."""

import pytest
from rules.grids import fitted, made

from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.rules.language import parse_program


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lay_in_lattice(ih, between3)", "12/1.", "12321/1.3.1"),
        ("lay_in_lattice(i_v, between3)", "12/1.", "12/1./33/1./12"),
        ("lay_in_lattice(i_z, around4)", "12", "4444/4124/4444/4..4/4444"),
        ("lay_in_lattice(i_i, around4x0)", "12", ".44./4124/.44./4124/.44."),
        ("lay_in_lattice(ii_ii, between5x6)", "1", "151/565/151"),
        ("lay_in_lattice(i, between5)", "1", "None"),
        ("draw_apart(upper_lower, 1, p1, 9)", "12/34", "129/999/934"),
        ("draw_apart(upper_lower, 0, m1, 0)", "12/34", ".12/34."),
        ("draw_apart(left_right, 2, p0, 5)", "12/34", "1552/3554"),
        ("draw_apart(left_right, 0, beyond, 0)", "12/34", "1./3./.2/.4"),
        ("draw_apart(upper_lower, 0, before, 0)", "12/34", "..12/34.."),
        ("draw_apart(quarters, 1, p0, 8)", "12/34", "182/888/384"),
        ("draw_apart(quarters, 0, p0, 8)", "12/34", "None"),
        ("draw_apart(upper_lower, 1, p0, 8)", "12/34/56", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_lines_are_read_off() -> None:
    pairs = ("12/1.", "12321/1.3.1"), ("55/6.", "55355/6.3.6")
    assert fitted("lay_in_lattice", *pairs) == [("ih", "between3")]
    assert fitted("lay_in_lattice", ("12", ".44./4124/.44./4124/.44.")) == [("i_i", "around4x0")]
    assert fitted("lay_in_lattice", ("12", "1331")) == []


def test_distance_is_read_off() -> None:
    pairs = ("12/34", "129/999/934"), ("56/78", "569/999/978")
    assert fitted("draw_apart", *pairs) == [("upper_lower", 1, "p1", 9)]
    assert fitted("draw_apart", ("12/34", "182/888/384"), ("11/11", "181/888/181")) == [("quarters", 1, "p0", 8)]


def test_lattice_is_said() -> None:
    said = sentence(parse_program("lay_in_lattice(i_i, around4x0)"))
    assert said == (
        "The grid is repeated, 2 by 1 times: as it is each time; with lines of yellow (black where they cross or end) "
        "between and around."
    )
