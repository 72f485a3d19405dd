"""Whole rooms of a lattice that marks fill."""

import pytest
from rules.grids import made

# Two rows of four rooms of two by two cells; a mark of two cells, two single ones.
GRID = "..5..5..5../115..5..5.2/55555555555/..5..5..5../..5..5..53."


@pytest.mark.parametrize(
    ("acts", "after"),
    [
        ("1tohallrightown_elsetosame", "..5115115../115115115.2/55555555555/..5..5..5../..5..5..53."),
        ("1tohallrightsize4_elsetosame", "..5445445../115445445.2/55555555555/..5..5..5../..5..5..53."),
        ("2tohallleftsizeown_elsetosame", "..5..5225../115..5225.2/55555555555/..5..5..5../..5..5..53."),
        ("1tohalldown4_elsetosame", "..5..5..5../115..5..5.2/55555555555/445..5..5../445..5..53."),
        ("1tohallup4_elsetosame", GRID),
        ("1tohallcross4_elsetosame", "..5445445../115445445.2/55555555555/445..5..5../445..5..53."),
        # In a corner it is nearest to two walls.
        ("1tohalltowards4_elsetosame", "..5..5..5../115..5..5.2/55555555555/445..5..5../445..5..53."),
        ("2tohalltowards4_elsetosame", GRID),
        ("2tohallrest4_elsetosame", "..5..5..544/115..5..542/55555555555/..5..5..5../..5..5..53."),
    ],
)
def test_rooms_are_filled(acts: str, after: str) -> None:
    assert made(f"act_by(side, colour, {acts})", GRID) == after


def test_without_rooms_nothing_is_filled() -> None:
    assert made("act_by(side, any, 0tohallright4)", "1../...") == "1../..."
