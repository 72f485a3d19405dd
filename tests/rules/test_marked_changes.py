"""Things that marks touch are changed."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("change_marked(2, across, marked, vanish)", "1..11./112.1.", ".1.11./11..1."),
        ("change_marked(2, across, marked, stay)", "1..11./112.1.", ".1.11./112.1."),
        ("change_marked(2, down, unmarked, vanish)", "11.11/12..1/.....", "11..1/1..11/....."),
        ("change_marked(2, inverted, marked, vanish)", "1..3./112.3", ".1.3./....3"),
        ("change_marked(2, swapped, marked, vanish)", "13..45/11..44/2.....", "31..45/33..44/......"),
        ("change_marked(2, rings, marked, vanish)", "111.333/141.353/111.333", "None"),
        ("change_marked(2, rings, marked, vanish)", "111.333/1412353/111.333", "None"),
        ("change_marked(2, rings, marked, vanish)", "111..333/1412.353/111..333", "444..333/414..353/444..333"),
        ("change_marked(2, across, marked, vanish)", "1.3", "None"),
    ],
)
def test_change_marked(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_change_is_read_off() -> None:
    pairs = (("1..11./112.1.", ".1.11./11..1."), ("33.4.../3..442.", "33..4../3..44.."))
    assert fitted("change_marked", *pairs) == [(2, "across", "marked", "vanish")]
    assert fitted("change_marked", ("1..11./112.1.", "1..11./112.1.")) == []
