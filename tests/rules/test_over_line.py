"""Mirror images over a line, also aslant."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("mirror_over_line(all)", "2.1../331../..1..", "2.1.2/33133/..1.."),
        ("mirror_over_line(rarest)", "2.1../331../..1..", "2.1.2/331../..1.."),
        ("mirror_over_line(commonest)", "2.1../331../..1..", "2.1../33133/..1.."),
        ("mirror_over_line(all)", "1.../.1.2/..1./...1", "1.../.1.2/..1./.2.1"),
        ("mirror_over_line(all)", ".21/.1./1..", ".21/.12/1.."),
        ("mirror_over_line(all)", ".../1.2/.1./..1", ".../1.2/.1./2.1"),
        # what leaves the grid is cut off, what lies there stays
        ("mirror_over_line(all)", "2.33/111./....", "None"),
        ("mirror_over_line(all)", "2.33/1111/4...", "2.33/1111/4.33"),
        ("mirror_over_line(rarest)", "2.3/111/...", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
