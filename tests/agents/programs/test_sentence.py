"""Sentences say what a program does in the operations' own words, with the arguments in their places."""

import pytest

from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.rules import operations
from arc_ttt.rules.language import parse_program

assert operations


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("trim", "The bounding box of all colours."),
        ("fill_enclosed(4)", "Enclosed background cells take yellow."),
        ("keep_colour(2) > trim", "Only cells of one colour stay (mark: red); then: the bounding box of all colours."),
        ("flood_from(1)", "Cells of blue flood the empty regions that they touch."),
        (
            "overlay([trim], [])",
            "One program's output laid upon another's of the same size (first: “The bounding box of all colours”, "
            "second: “leave the grid as it is”).",
        ),
        ("", "Leave the grid as it is."),
    ],
)
def test_sentence(program: str, said: str) -> None:
    assert sentence(parse_program(program)) == said


def test_tables_are_shortened() -> None:
    word = "_".join(f"{a}x{b}to1" for a in range(9) for b in range(9))
    said = sentence(parse_program(f"join([], [], {word})"))
    assert said.endswith(", …).") and len(said) < 400
