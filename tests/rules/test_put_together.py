"""Pieces that fit holes or each other, pictures in poses, and sides that slipped."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("agree_in_poses(panels, turned, any)", "12.5..1/3..5..2/...5.43", "None"),
        ("agree_in_poses(panels, any, any)", "12.5..1/34.5.42/..65643", "123/344/..6"),
        ("agree_in_poses(slices, turned, all)", "12...1/34..42/..6643", "12./.4./..6"),
        ("fit_hole(never, picture)", "122221/155551/155551/133331/....../.22.33/.33.22", "None"),
        ("assemble_by_rims(lumps)", "55..55/51..15/....../51..15/55..55", "5555/5115/5115/5555"),
        ("assemble_by_rims(lumps)", "51..15/55..55/....../55..55/53..45", "5555/5345/5115/5555"),
        ("assemble_by_edges(lumps)", "12.23/12.23/...../34.../34...", "122334/122334"),
        ("mend_slip(rightdown)", "..5.../..5.33/115.../..5.../..5...", "None"),
        ("mend_slip(rightdown)", "..5333/..5.../335..4/115444/225.../..5222/..5...", "None"),
        (
            "mend_slip(rightdown)",
            "..5333/..5111/335.../115.../..5.../..5.../..5...",
            "..5.../..5.../335333/115111/..5.../..5.../..5...",
        ),
        (
            "mend_slip(leftup)",
            "..5333/..5111/335.../115.../..5.../..5.../..5...",
            "335333/115111/..5.../..5.../..5.../..5.../..5...",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_piece_whose_sides_go_on_fills_the_hole() -> None:
    picture = "121323/121323/188323/188323/121323/121323"
    grid = picture + "/......" + "/.13.21" + "/.13.21"
    full = "121323/121323/121323/121323/121323/121323"
    assert made("fit_hole(never, picture)", grid) == full
    assert made("fit_hole(never, piece)", grid) == "21/21"
    assert fitted("fit_hole", (grid, full)) == [("never", "picture")]


def test_an_empty_panel_is_made_as_the_other_rows_show() -> None:
    rows = ["22811811822", "228.18118.2", "88888888888", "33811811833", "338118.18.3", "88888888888"]
    table = "/".join([*rows, "448.18118..", "4481181.8.."])
    assert made("make_panel(any, alone)", table) == ".4/4."
    assert made("make_panel(both, alone)", table) == ".4/4."
    assert made("make_panel(one, alone)", table) == "None"
    assert made("make_panel(any, filled)", table).endswith("448.18118.4/4481181.84.")
