"""Marks at the border that act on rows and columns."""

import pytest
from rules.grids import fitted, made

FIELD = "3.5.5./..55../.5..5./7.55../..5..."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("obey_marks(left, lefttopaint, stay)", FIELD, "3.3.3./..55../.5..5./7.77../..5..."),
        ("obey_marks(left, lefttopaint, vanish)", FIELD, "..3.3./..55../.5..5./..77../..5..."),
        (
            "obey_marks(left, left3toempty_left7toacross, stay)",
            FIELD,
            "3...../..55../.5..5./7..55./..5...",
        ),
        ("obey_marks(left, left3toempty, stay)", FIELD, "None"),
        # As far as the mark is long.
        (
            "obey_marks(left, lefttocountright, stay)",
            "3.55.../....5../33.5.../...5...",
            "3..55../....5../33...5./...5...",
        ),
        # The columns act after the rows.
        (
            "obey_marks(left_up, lefttoflood_uptoflood, stay)",
            ".2.../3..../..5../...../.....",
            ".2.../32333/.25../.2.../.2...",
        ),
        (
            "obey_marks(up_left, lefttoflood_uptofill, stay)",
            ".2.../3..../..5../...../.....",
            ".2.../33333/.25../.2.../.2...",
        ),
        # Behind a line that is full.
        ("obey_marks(left, lefttoflood, stay)", "3.4..../..4..5./7.4..../..4....", "3.43333/..4..5./7.47777/..4...."),
        ("obey_marks(right, righttofallright, stay)", "..5..3/..5.../.55..7/..5...", "....53/..5.../...557/..5..."),
        ("obey_marks(up, uptoempty, stay)", "....../..5.../.55.../..5...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_marks_do_is_read_off() -> None:
    pair = ("..2../3.5.5/..5.5/.55.5/7.55.", "..2../3...3/....5/.5..5/7..7.")
    again = (".2.../8.5.5/..5../.555./9.55.", ".2.../8.8.8/..5../..55./9.99.")
    assert fitted("obey_marks", pair, again) == [("left_up", "lefttopaint_uptoempty", "stay")]
    moved = ("3.5..../..5..../33.5.../4.5....", "3..5.../..5..../33...5./4..5...")
    assert fitted("obey_marks", moved) == [("left", "lefttocountright", "stay")]
    # One mark of each colour tells nothing of others.
    assert fitted("obey_marks", ("3.5.../.55.../7.55../.5..../8..5..", "3...../.55.../7..55./.5..../8.5...")) == []
