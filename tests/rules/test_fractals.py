"""Cells of a small grid become images of it."""

from rules.grids import fitted, made

BEFORE, AFTER = "12/1.", "1221/1..1/12../1..."


def test_images() -> None:
    assert made("images_by_colour(colour, 0toz_1toi_2toh)", BEFORE) == AFTER
    assert made("images_by_colour(rank, 0toz_1toi_2toh)", BEFORE) == AFTER
    assert made("images_by_colour(rank, 0toz_1toi_2toh)", "12/..") == "None"
    assert made("images_by_colour(colour, 0toz_1toi)", BEFORE) == "None"
    assert made("images_by_colour(colour, 0ton_1tof_2too)", "12/..") == "1122/11../..../...."
    assert made("images_by_colour(colour, 0toz_1tol)", "1.1/...") == "None"


def test_fit() -> None:
    assert fitted("images_by_colour", (BEFORE, AFTER)) == [("colour", "0toz_1toi_2toh")]
    other = BEFORE.replace("1", "3"), AFTER.replace("1", "3")
    assert fitted("images_by_colour", (BEFORE, AFTER), other) == [("colour", "0toz_1toi_2toh_3toi")]
    swapped = BEFORE.translate({49: "4", 50: "1"}), AFTER.translate({49: "4", 50: "1"})
    assert fitted("images_by_colour", (BEFORE, AFTER), swapped) == [("rank", "0toz_1toi_2toh")]
    assert fitted("images_by_colour", (BEFORE, "1221/1..1/12../1..1")) == []
