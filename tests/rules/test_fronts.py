"""Series of lines, corners, rings and diamonds go on to the border."""

import pytest
from rules.grids import made

CORNERS = ["121", "221", "111"]
SQUARES = ["12121212", "22121212", "11121212", "22221212", "11111212", "22222212"]

RINGS = "222212/111212/121212/111212/222212"
DIAMOND = ["........", "...2....", "..212...", "...2....", "........", "........"]


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lines_go_on(right, same)", "1.2..1......../1.2..1........", "1.2..1...2..../1.2..1...2...."),
        ("lines_go_on(onward, same)", "1.2..1......../1.2..1........", "1.2..1...2..../1.2..1...2...."),
        ("lines_go_on(left, same)", "......3.4.3/......3.4.3", "4.3.4.3.4.3/4.3.4.3.4.3"),
        ("lines_go_on(down, round)", "1..1..1/.2...2./......./......./.......", "None"),
        ("lines_go_on(down, round)", "11...../.22..../......./......./.......",
         "11...../.22..../..11.../...22../....11."),
        ("lines_go_on(down, round)", "1....1./.2....2/......./.......", "1....1./.2....2/1.1..../.2.2..."),
        ("lines_go_on(down, out)", "....11./.....22/......./.......", "....11./.....22/......1/......."),
        # Lines of several colours are moved along as they are.
        ("lines_go_on(down, round)", "12..3/312../...../.....", "12..3/312../.312./..312"),
        ("lines_go_on(right, out)", "1..../21.../12.../.1...", "1..../21.../121../.121."),
        ("lines_go_on(down, round)", "12..3/321../...../.....", "None"),
        ("lines_go_on(down, longer)", "111..../22...../......./.......", "111..../22...../1....../......."),
        ("lines_go_on(up, longer)", "......./......./...3.../", "None"),
        ("lines_go_on(up, longer)", "......./......./..333../...3...", "3333333/.33333./..333../...3..."),
        ("fronts_go_on(slant, equal)", "123...../23....../3......./......../........",
         "12312312/23123123/31231231/12312312/23123123"),
        ("fronts_go_on(slant, equal)", "121....../21......./1......../........./.........", "/".join(
            ["121212121", "212121212", "121212121", "212121212", "121212121"])),
        ("fronts_go_on(corner, equal)", "/".join(r[:3] + "....." for r in CORNERS[:3]) + "/......../......../........",
         "/".join(r[:8] for r in SQUARES)),
        ("fronts_go_on(slant, growing)", "12.1..../2.1...../.1....../1.......",
         "12.1..2./2.1..2../.1..2.../1..2...1"),
        ("fronts_go_on(slant, growing)", "121......../21........./1........../...........", "None"),
        ("fronts_go_on(diamonds, equal)", "/".join(DIAMOND), "21212121/12121212/21212121/12121212/21212121/12121212"),
        ("fronts_go_on(rings, equal)", "....../111.../121.../111.../......", RINGS),
    ],
)  # fmt: skip
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before.strip("/")) == after
