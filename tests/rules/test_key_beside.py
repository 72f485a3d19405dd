"""A small panel says what becomes of what is in the large one."""

import pytest
from rules.grids import fitted, made

COLOURS = "...5...../12.5.11.4/...5.1.../34.5..33."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("apply_key(colour, colour, vanishes, picture)", COLOURS, "...../.22../.2.../..44."),
        ("apply_key(colour, colour, stays, grid)", COLOURS, "...5...../12.5.22.4/...5.2.../34.5..44."),
        # With a sign between the two, in the things' own colours.
        (
            "apply_key(shape, shape, stays, grid)",
            "8...88../8.9..8../55555555/....1.../2...1.3./2......3/........",
            "8...88../8.9..8../55555555/....11../22...13./.2.....3/........",
        ),
        # One above the other.
        (
            "apply_key(shape, colour, vanishes, picture)",
            "33.5...../...5.11../6..5.4.../...5.4...",
            "...../.66../...../.....",
        ),
        ("apply_key(shape, colour, vanishes, picture)", "33.6", "None"),
    ],
)  # fmt: skip
def test_apply_key(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_the_key_means_is_read_off() -> None:
    assert fitted("apply_key", (COLOURS, "...../.22../.2.../..44.")) == [("colour", "colour", "vanishes", "picture")]
    assert fitted("apply_key", ("1.2", "2.1")) == []
