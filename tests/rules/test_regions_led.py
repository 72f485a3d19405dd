"""Regions that another thing leads: elbows, links between like things, a trunk, spirals inwards."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # two of one shape, level; the other shape between stays, one that is not level is not joined
        ("act_by(side, any, 0tolinktwin8)", "1...2/1.3.2/1...2", "1...2/18382/1...2"),
        ("act_by(side, any, 0tolinktwin8)", "1.../1.../...2/...2", "1.../1.../...2/...2"),
        ("act_by(side, any, 0tolinksize8)", "11.../...../...../2..../2....", "11.../8..../8..../2..../2...."),
        ("act_by(side, any, 0tolinkholes8)", "1...2", "18882"),
        ("act_by(side, any, 0tolinkkin8)", "1...1..2", "18881..2"),
        ("act_by(side, any, 0tolinkother8)", "1...1..2", "1...1882"),
        # along the row to the hub's column, which stays free; the whole way; the column first
        ("act_by(side, any, 0torowleglargeown)", "3...../....../....11/....11", "3333../....../....11/....11"),
        ("act_by(side, any, 0torowelbowlargeown)", "3...../....../....11/....11", "33333./....3./....11/....11"),
        ("act_by(side, any, 0tocolumnelbowlargeown)", "3...../....../....11/....11", "3...../3...../333311/....11"),
        ("act_by(side, any, 0tocolumnlegrareown)", "3..../.3.../...../....1", "3..../33.../33.../....1"),
        # the only one at a border is the hub
        (
            "act_by(side, any, 0torowlegborderownalsotrunkown)",
            "...../.3.../...../...4./..1..",
            "...../.31../..1../..14./..1..",
        ),
        # nobody is the only largest
        ("act_by(side, any, 0torowleglargeown)", "3..../...../....1", "3..../...../....1"),
        # the largest one's row, as far as the others on both sides
        (
            "act_by(side, largest, 0tosame_1tobusrowown)",
            "3........./.......4../...11...../...11...../..........",
            "3........./.......4../11111111../...11...../..........",
        ),
        (
            "act_by(side, largest, 0tobuscolumnown_1tosame)",
            "3...../....../...11./...11.",
            "3...../3...../3..11./...11.",
        ),
        # rings as many as its cells, its odd cells, the things at the border; apart and close
        ("act_by(side, any, 0toechosize8)", "...../...../..1../...../.....", "88888/8...8/8.1.8/8...8/88888"),
        (
            "act_by(mixed, any, 0topadspecks8)",
            "......./......./......./..131../......./.......",
            "......./......./.88888./.81318./.88888./.......",
        ),
        (
            "act_by(side, bordering, 0topadborder3_1tosame)",
            "2.2..../......./......./...1.../......./.......",
            "2.2..../.33333./.33333./.33133./.33333./.33333.",
        ),
        # in the colour of what lies at the border
        (
            "act_by(side, bordering, 0topadborderrim_1tosame)",
            "2...../....../....../...1../....../......",
            "2...../....../..222./..212./..222./......",
        ),
        # up to the boxes of both, not into a hollow; with the hub's column or without
        ("act_by(corner, any, 0tolinktwin8)", "11...22/1....2./11...22", "11...22/1.8882./11...22"),
        (
            "act_by(side, any, 0torowreachlargeown)",
            "3....../......./.....11/.....11",
            "333333./......./.....11/.....11",
        ),
        # it winds within walls or within the grid, either way; from a place that is no corner it does not
        (
            "act_by(corner, any, 0towindrightown)",
            "2..../...../...../...../.....",
            "22222/....2/222.2/2...2/22222",
        ),
        (
            "act_by(side, single, 0tosame_1towindleftown)",
            "555555/52...5/5....5/5....5/5....5/555555",
            "555555/52.225/52..25/52..25/522225/555555",
        ),
        ("act_by(corner, any, 0towindrightown)", "...../..2../.....", "...../..2../....."),
    ],
)
def test_region(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_hub_and_trunk_are_read_off() -> None:
    pairs = (
        ("......./.3...../......./.....4./...1...", "......./.331.../...1.../...144./...1..."),
        ("......./....3../......./.4...../..1....", "......./..133../..1..../.41..../..1...."),
    )
    assert any("rowlegborderown" in str(a[2]) and "trunk" in str(a[2]) for a in fitted("act_by", *pairs))
