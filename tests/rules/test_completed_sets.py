"""Parts with the same colours are completed."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("complete_sets(rows)", "123/3.1/2.3", "123/321/213"),
        ("complete_sets(columns)", "12/.1/33", "12/21/33"),
        # no row tells its two gaps apart, the columns do
        ("complete_sets(lines)", "1.3/.12/2..", "123/312/231"),
        ("complete_sets(rows)", "1.3/.12/2..", "None"),
        # a colour that is there twice
        ("complete_sets(quarters)", "11.21/2..3./...../3..11/11.2.", "11.21/23.31/...../32.11/11.23"),
        ("complete_sets(panels)", "12544/34512/55555/12534/.354.", "None"),
        ("complete_sets(panels)", "12543/34512/55555/12531/.354.", "12543/34512/55555/12531/43542"),
        ("complete_sets(rows)", "123/321", "None"),
        ("complete_sets(rows)", "12/34/1.", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
