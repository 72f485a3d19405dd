"""Views of straight runs and of blocks of one colour, and of parts of the grid."""

import pytest
from rules.grids import cells, text

from arc_ttt.rules.learned_views_runs import VIEWS, scene


@pytest.mark.parametrize(
    ("name", "grid", "seen"),
    [
        ("runacross", "1122/.1..", "2222/1122"),
        ("rundown", "12/1./2.", "21/22/12"),
        ("inrunofthree", "111.2/1...2/2...2/...22", "111.1/....1/....1/....1"),
        ("inslantofthree", "1..1/.11./.11./1..1", "1..1/.11./.11./1..1"),
        ("inslantofthree", "1.../.1../.2..", "..../..../...."),
        ("acrosslonger", "11/1./1.", ".1/../.."),
        ("inlongestrun", "11.1/...1/...1", "...1/...1/...1"),
        ("inlongestrun", "1.1", "..."),
        ("halfofrows", "1/./.", "./1/2"),
        ("halfofcolumns", "1...", "..22"),
        ("sector", "1../.../...", ".1./3.4/.2."),
        ("inblock", "11./111/..1", "11./11./..."),
    ],
)
def test_views(name: str, grid: str, seen: str) -> None:
    assert name in VIEWS
    assert text(scene(cells(grid))[name]) == seen
