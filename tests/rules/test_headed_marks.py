"""Marks in tables, frames filled alike, layers that move, letters of several colours, and what else puts together."""

import pytest
from rules.grids import fitted, made

LETTERS = "3.12..../..21..../......../......../4.22..../..12..34/......43"
TABLE = "....6.6.666/.....6..6.6/.........../22...6...6./.........../33...6...../..........."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "marks_by_headers",
            TABLE,
            "....6.6.666/.....6..6.6/.........../22..2.2.222/.....2..2.2/33..3.3..../.....3.....",
        ),
        ("marks_by_headers", "....6.6.666/.....6..6.6/22...6...6.", "None"),
        (
            "fill_frames_alike(colour, tiled)",
            "4444.444/4124.4.4/4214.4.4/4444.444",
            "4444.444/4124.414/4214.424/4444.444",
        ),
        ("fill_frames_alike(colour, tiled)", "4444.333/4124.3.3/4214.3.3/4444.333", "None"),
        ("fill_frames_alike(any, tiled)", "4444.333/4124.3.3/4214.3.3/4444.333", "4444.333/4124.313/4214.323/4444.333"),
        (
            "fill_frames_alike(colour, scaled)",
            "4444.444444/41.4.4....4/4.24.4....4/4444.4....4/.....4....4/.....444444",
            "4444.444444/41.4.411..4/4.24.411..4/4444.4..224/.....4..224/.....444444",
        ),
        ("fill_frames_alike(any, scaled)", "44444.33333/4.1.4.3...3/44444.3...3/......33333", "None"),
        ("move_layer(lowest, top)", "111../11222/11222/..222", "111../11122/11122/..222"),
        ("clear_layers", "11411../11222../41242.4/11222../..242..", "11111../11222../11222../11222../..222.."),
        ("clear_layers", "11411../11222../11222../11222../..2222.", "None"),
        ("move_layer(highest, bottom)", "11../122./.22.", "11../112./.22."),
        (
            "spell_labelled(own)",
            "3.12..../..21..../......../......../4.22..../..12..34/......43",
            "1222/2112/2212/1221",
        ),
        ("act_by(corner, any, 0tolacksleast5)", "1..1/.11./.11./1...", "1..1/.11./.11./1..5"),
        ("act_by(corner, any, 0tolacksleast5)", "11./111/11.", "11./111/11."),
        ("act_by(corner, any, 0tolacksaxes5)", "1..1./.11../.11../1....", "1..1./.11../.11../1..5."),
        # the right line of a thing is lost
        ("act_by(corner, any, 0tolacksaxes5)", "..1../.1.1./1..../.1.1./..1..", "..1../.1.1./1...5/.1.1./..1.."),
        ("take_by(corner, crossloners, v2, cells, same)", "....5.../......../11..22../.1..2..6", "22/2."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_holes_and_covers_of_several_colours_are_mended_by_a_law() -> None:
    whole = "/".join("".join(str(1 + (c + 2 * (r // 2)) % 3 * (1 + r % 2)) for c in range(12)) for r in range(10))
    rows = [list(row) for row in whole.split("/")]
    for n in range(8):
        rows[n + 1][(5 * n) % 12] = "."
    assert fitted("mend_by_law", ("/".join(map("".join, rows)), whole)) == [()]
    rows = [list(row) for row in whole.split("/")]
    for r in (2, 3):
        rows[r][3:6], rows[r + 1][5:8] = "888", "999"
    assert made("mend_by_law", "/".join(map("".join, rows))) == whole
