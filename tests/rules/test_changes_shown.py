"""What a program changes, shown by itself."""

import pytest
from rules.grids import cells, made

from arc_ttt.rules.changes_shown import way_to_show


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("show_changed([replace(1, 2)], new)", "13./.1.", "2../.2."),
        ("show_changed([replace(1, 2)], old)", "13./.1.", "1../.1."),
        ("show_changed([replace(1, 2)], newbox)", "3.13./..13.", "2/2"),
        ("show_changed([replace(1, 2)], oldbox)", "3.1./.13.", ".1/13"),
        ("show_changed([replace(1, 2)], only4)", "13./.1.", "4../.4."),
        ("show_changed([replace(1, 2)], mark4)", "13./.1.", "43./.4."),
        ("show_changed([replace(1, 2)], new)", "3../...", "None"),
        ("show_changed([transpose], new)", "123/...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize("way", ["new", "old", "newbox", "oldbox", "only4", "mark4"])
def test_how_changes_are_shown_is_read_off(way: str) -> None:
    before, grids = [cells("13../.15."), cells("31/15")], [cells("23../.25."), cells("32/25")]
    wanted = [cells(str(made(f"show_changed([replace(1, 2)], {way})", g))) for g in ("13../.15.", "31/15")]
    assert way_to_show(grids, before, wanted) == way
    assert way_to_show(before, before, wanted) is None
