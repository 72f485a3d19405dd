"""Things copied to the places that other things mark: by hand, and read off demonstrations."""

import pytest
from rules.grids import fitted, made

PLAIN = ("mixed", "coloursv2", "corner", "colourv5", "one", "first", "first", "own", "stays", "covered")


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (f"copy_by({', '.join(PLAIN)})", "12.../...../...5.", "12.../...../...12"),
        (f"copy_by({', '.join(PLAIN)})", "11.../...../...5.", "None"),
        (
            "copy_by(corner, colourv2, corner, colourv5, one, middle, middle, target, goes, covered)",
            "222../...../...5.",
            "...../...../..555",
        ),
        (
            "copy_by(corner, singlev0, corner, singlev1, colour, after, first, own, stays, goes)",
            "11.2/11.2/..../.1../..../....",
            "11.2/11.2/..../..../.11./.11.",
        ),
        (
            "copy_by(corner, colourv3, rooms, anyv0, shape, middle, middle, own, moves, covered)",
            "5555../5..5.3/5555.3/.33...",
            "5555../5335.3/5555.3/......",
        ),
        # the corner at which the top row and the last column meet, upon the mark
        (
            "copy_by(clumps, anyv0, clumps, singlev1, part, bend, bend, own, moves, covered)",
            "333../.83../...../...../....8/.....",
            "...../...../...../...../..333/...83",
        ),
        # no corner where both are full
        ("copy_by(clumps, anyv0, clumps, singlev1, part, bend, bend, own, moves, covered)", ".33./.83./8...", "None"),
        ("copy_by(corner, anyv0, rooms, anyv0, one, middle, middle, target, goes, covered)", "1../...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_where_copies_go_is_read_off() -> None:
    pairs = (
        ("12..../21..../....../...5../......", "12..../21..../....../...12./...21."),
        (".34.../.43.../....../....../5...../......", ".34.../.43.../....../....../34..../43...."),
    )
    found = fitted("copy_by", *pairs)
    assert found and all(f[5:7] == ("first", "first") for f in found)


def test_what_is_not_copied_alike_is_no_copy() -> None:
    pairs = (
        ("12..../21..../....../...5../......", "12..../21..../....../...12./...21."),
        (".34.../.43.../....../....../5...../......", ".34.../.43.../....../....../43..../34...."),
    )
    assert fitted("copy_by", *pairs) == []


def test_what_goes_into_a_hole_is_read_off() -> None:
    block, filled = "5555555/5..55.5/55555.5/5555555", "5555555/5335545/5555545/5555555"
    first = (f"{block}/......./.33...4/......4", f"{filled}/......./......./.......")
    block, filled = "5555555/5.55..5/5.55555/5555555", "5555555/5655775/5655555/5555555"
    second = (f"{block}/......./6...77./6......", f"{filled}/......./......./.......")
    found = fitted("copy_by", first, second)
    assert any(f[2] == "rooms" and f[4] == "shape" for f in found)


def test_targets_that_have_no_source_are_named_narrowly() -> None:
    first = (
        "333..4..2/.83..45../.....444./..8....../........./...7.5...",
        "........2/........./........./333..4.../.83..45../...7.444.",
    )
    second = ("4....../45...../444..../......./.5...../2.....7", "......./......./.4...../.45..../.444.../2.....7")
    found = fitted("copy_by", first, second)
    assert found and found[0][3] == "singlev1" and found[0][5] == "bend"
