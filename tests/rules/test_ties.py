"""Lines that join like cells over what they may cross."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("tie_alike(1, upright)", "2.11.2/..11.3/4.11..", "2.22.2/..11.3/4.11.."),
        ("tie_alike(empty, level)", "2.1.2/3...3", "2.1.2/33333"),
        ("tie_alike(all, level)", "2.1.2/3...3", "22222/33333"),
        ("tie_alike(empty, upright)", "..3../2...2/..3..", "..3../22322/..3.."),
        ("tie_alike(empty, level)", "..3../2...2/..3..", "..3../22222/..3.."),
        ("tie_alike(empty, gapupright)", "...3.../2.....2/...3...", "...3.../22.3.22/...3..."),
        ("tie_alike(empty, gaplevel)", "..3../...../2...2/...../..3..", "..3../...../22222/...../..3.."),
        ("tie_alike(empty, level)", "2.3", "None"),
        ("tie_crossed(empty, 4)", "..3../2...2/..3..", "..3../22422/..3.."),
        ("tie_crossed(empty, 4)", "2...2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
