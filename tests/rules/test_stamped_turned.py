"""Copies that face a border, pieces put together by their marks."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "stamp_turned(up, border, front, mark)",
            "......./3....../....5../...555./......./......./.....4.",
            ".3...../33...../.3..5../...555./......./....444/.....4.",
        ),
        ("stamp_turned(up, border, front, own)", "...5./..555/.....", "None"),
        ("stamp_turned(up, away, back, mark)", ".5./555/.../.4.", ".5./555/.../444"),
        ("stamp_turned(up, away, front, mark)", ".5./555/.../.../.4.", ".5./555/.../444/.4."),
        ("stamp_turned(up, border, front, mark)", ".5../555./..../....", "None"),
        ("assemble_marked(in)", "11.33/12.23/...../52.24/55.44", "1133/1223/5224/5544"),
        ("assemble_marked(out)", "11.33/12.23/...../52.24/55.44", "2452/4455/3311/2312"),
        ("assemble_marked(in)", "11.33/12.23", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
