"""Sentences say what a program does, with the arguments in their places and learned tables in words."""

import pytest

from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.rules import operations
from arc_ttt.rules.language import parse_program

assert operations


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("", "The grid stays as it is."),
        ("trim", "Only the box around everything coloured is kept."),
        ("flip(horizontal)", "The grid is mirrored left to right."),
        ("fill_enclosed(4)", "Enclosed background cells take yellow."),
        (
            "keep_colour(2) > wrap(3)",
            "Only cells of red stay; then: a frame of green is put around the grid.",
        ),
        ("keep_things(largest, corner)", "Only the largest thing stays."),
        (
            "overlay([trim > flip(vertical)], [overlay([trim], [])])",
            "Three pictures are laid upon each other, the first on top: (1) “only the box around everything coloured "
            "is kept; then: the grid is mirrored top to bottom”; (2) only the box around everything coloured is kept; "
            "(3) the grid as it is.",
        ),
        (
            "paint_by_views(ink_corners, 0x0tosame_0x1to8_0x2to8_1x0tosame_1x1tosame)",
            "Empty cells with 1 or 2 coloured cells at their corners take azure; all other cells stay as they are.",
        ),
        (
            "act_by(corner, holed, 0tosame_1tofill3)",
            "Things with a hole are filled with green where they enclose empty cells; all others stay as they are.",
        ),
        (
            "act_by(corner, sizerank, 0toall2_1toall1_2toall1)",
            "Things with the most cells take red; all others take blue.",
        ),
        ("recolour_by_table(0to0_1to2_2to1_3to4)", "Blue and red change places and green becomes yellow."),
        (
            "by_roles(rarest_first, [replace(1, 2)])",
            "With the colours numbered from the rarest one (1) to the most common: colour 1 becomes colour 2.",
        ),
        (
            "by_roles(rarest_last_but13, [replace(4, 3)])",
            "With the colours but blue and green numbered from the most common one (1) to the rarest: colour 2 becomes "
            "green.",
        ),
        ("by_roles(black4, [replace(4, 2)])", "With yellow as the background: black becomes red."),
        (
            "join([], [flip(horizontal)], 0x0to0_0x1to2_1x0to1_1x1to1)",
            "A picture is made: the grid is mirrored left to right; cells are as in the grid, but red where the grid "
            "is empty and the picture is blue.",
        ),
        (
            "take_by(corner, touching, v5, cells, fliphorizontal)",
            "Only the thing that touches grey, mirrored left to right, is kept.",
        ),
        (
            "count_by(corner, single, is0, diagonal, ink2)",
            "The grid becomes an empty square with a coloured diagonal of as many cells as there are things of several "
            "cells, in red.",
        ),
        (
            "shoot_turning(2, up, 5tox)",
            "Each cell of red shoots a ray up that steps aside to its right before a cell of grey.",
        ),
    ],
)
def test_sentence(program: str, said: str) -> None:
    assert sentence(parse_program(program)) == said


@pytest.mark.parametrize(
    ("program", "cases"),
    [
        (f"join([trim], [], {'_'.join(f'{a}x{b}to{(a * b + 1) % 7}' for a in range(9) for b in range(9))})", 81),
        (
            "paint_by_views(sides_corners, "
            + "_".join(f"{a}x{b}to{(a * b) % 5}" for a in range(5) for b in range(5))
            + ")",
            25,
        ),
        ("act_by(corner, colour, 1toall2_2toall3_3toall4_4toall5_5toall6_6toall7)", 6),
    ],
)
def test_long_tables_are_counted(program: str, cases: int) -> None:
    """A table of many cases is not told: how many it has, and what it goes by."""
    said = sentence(parse_program(program))
    assert f"by a table of {cases} cases learned from the demonstrations, going by" in said and len(said) < 300


@pytest.mark.parametrize(
    "program",
    [
        "paint_by_views(ink_sides, 0tosame_1to2)",
        "paint_by_views(rayup_sides, 77x99to1_0x0tosame)",
        "act_by(corner, colour, 4711toall2_elsetosame)",
        "act_by(corner, lying, 99toall2_elsetosame)",
        "take_by(corner, upper, v77, cells, same)",
        "decide_by(wide, c77, [trim], [])",
        "answer_by(commonest, 999to1_3to2)",
        "stamp_around(corner, 0ulp0p0rayto3_0ulp2p3rayto4)",
        "sum_up_parts(b3x3, mirrored, 7to1_9to2)",
    ],
)
def test_whatever_can_be_written_can_be_told(program: str) -> None:
    """Tables changed by hand: values that nothing has, views and cases that do not fit each other."""
    assert sentence(parse_program(program)).endswith(".")
