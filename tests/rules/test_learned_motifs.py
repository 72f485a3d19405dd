"""Motifs that go on by a constant step: by hand, and read off demonstrations."""

import pytest
from rules.grids import fitted, made

from arc_ttt.errors import DataError
from arc_ttt.rules.language import parse_program


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("draw_motif(2, ray, p0p2, p0p2to5)", ".2.....", ".2.5.5."),
        ("draw_motif(2, line, p0p2, p0p2to5)", "...2...", ".5.2.5."),
        ("draw_motif(2, back, p1p1, p1p1toown)", "2../.../...", "2../.2./..2"),
        ("draw_motif(2, back, p1p1, p1p1toown)", ".../.2./...", "2../.2./..2"),
        ("draw_motif(2, across, p1p1, p1p1to5)", ".2./...", ".2./5.5"),
        ("draw_motif(2, upright, p1p1, p1p1to5)", "..../2.../....", ".5../2.../.5.."),
        ("draw_motif(x, cross, p2p0, p2p0toown)", "3..../...../...../...2.", "3.3.3/...2./3..../.2.2."),
        ("draw_motif(2, ray, p0p2, p0p2to5)", ".1.....", "None"),
        ("draw_motif(2, ray, p0p2, p0p2to5)", ".2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_step_is_inferred() -> None:
    found = fitted("draw_motif", ("2......", "2.5.5.5"), (".2...../.......", ".2.5.5./......."))
    assert (2, "ray", "p0p2", "p0p2to5") in found


def test_a_line_to_both_sides_is_inferred() -> None:
    def diagonal(mark: int) -> tuple[str, str]:
        rows = ["." * k + "5" + "." * (7 - k) for k in range(8)]
        rows[mark] = rows[mark].replace("5", "2")
        return "/".join(rows).replace("5", "."), "/".join(rows)

    assert any(f[1] in ("line", "back") for f in fitted("draw_motif", diagonal(3), diagonal(4)))


def test_what_is_painted_around_one_cell_alone_is_no_motif() -> None:
    assert fitted("draw_motif", ("2..../...../2....", "2.5.5/...../2....")) == []


def test_a_step_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(DataError):
        parse_program("draw_motif(2, ray, p0p0, p0p2to5)")
