"""Things that cross the grid."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("sweep(2, across, emptied)", ".33./23.3/2.3./.3..", ".33./...2/...2/.3.."),
        ("sweep(2, across, kept)", ".33./23.3/2.3./.3..", ".33./.3.2/..32/.3.."),
        ("sweep(2, across, painted)", "3333/3.33/3223", "3223/3223/3223"),
        ("sweep(2, across, emptied)", "2.3./.3..", "None"),
        ("sweep(2, up, emptied)", "33.3/3.33/322.", "3223/3..3/3..."),
        # its hollow is swept by what goes before
        ("sweep(2, down, emptied)", "2.2/222/333/343/333", ".../.../.../2.2/222"),
        ("sweep(2, down, emptied)", "222/.2./333/3.3", ".../.../222/323"),
        ("sweep(2, down, emptied)", "3.3/343/3.3", "None"),
        ("sweep(2, down, kept)", "33/.2", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
