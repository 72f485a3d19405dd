"""What one of several patches on a symmetric picture hides."""

from rules.grids import fitted, made

# Left and right are alike; the patch in the upper left is the larger one.
HIDDEN = "9934321/9967688/9915188/2134399/5671799/3728273"


def test_what_a_patch_hides() -> None:
    assert made("show_patch(9, most_area)", HIDDEN) == "12/88/88"
    assert made("show_patch(9, least_area)", HIDDEN) == "12/65"
    assert made("show_patch(9, most_left)", HIDDEN) == "12/65"
    assert made("show_patch(8, most_left)", HIDDEN) == "None"
    assert fitted("show_patch", (HIDDEN, "12/88/88"))[0] == (9, "most_area")
