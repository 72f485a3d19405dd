"""What things have from those they belong to: at the other end of a wire, with as many cells, in their row or panel."""

import pytest
from rules.grids import made

WIRES = "22....44/22888.44/....8.../....855."
FRAMES = "555..5555.3/5.5..58.5../555..5.85.7/.....5555.7"
PANELS = "1.1.4..1../....4.111./1.1.4...../....4....1/1.1.4.1.../111.4111.1"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # the wire ends at the grey thing; the fourth colour has none
        ("act_by(side, colour, 5toallwired_elsetosame)", WIRES, "22....44/22888.44/....8.../....822."),
        ("act_by(side, wires, 0tosame_1toall7)", WIRES, "77....44/77888.44/....8.../....877."),
        # two cells are held: the bar of two
        (
            "act_by(corner, size, 12toallcellsofheld_elsetosame)",
            "..5555.3/..58.5../..5.85.7/..5555.7",
            "..7777.3/..78.7../..7.87.7/..7777.7",
        ),
        ("act_by(corner, holed, 0tosame_1toallcellsofholes)", "555.33/5.5.../555..4", "444.33/4.4.../444..4"),
        ("act_by(corner, single, 0tosame_1toallholesofcells)", "666.../6.6..2/666...", "666.../6.6..6/666..."),
        ("act_by(corner, colour, 2toallheldofcells_elsetosame)", "666.../686..2/666...", "666.../686..6/666..."),
        # most have one colour: all, in the row, in the column, in the panel
        ("act_by(corner, any, 0toallusual)", "1.1.1/...../2.333", "1.1.1/...../1.111"),
        ("act_by(corner, any, 0toallusual)", "1.1.2/...../2.333", "None"),
        ("act_by(corner, any, 0toallusualrow)", "1.11.2/....../22.3.3", "1.11.1/....../33.3.3"),
        ("act_by(corner, any, 0toallusualcolumn)", "1.3/.../1.3/1.3/2.4", "1.3/.../1.3/1.3/1.3"),
        # the odd one: in shape, in colour, among all or in its panel
        ("act_by(corner, misfit, 0tosame_1toall5)", "1.1.11/....1./3.3.../......", "1.1.55/....5./3.3.../......"),
        ("act_by(corner, misfit, 0tosame_1toall5)", "1.2.33", "1.2.55"),
        ("act_by(corner, misfit, 0tosame_1toall5)", "11.222.333/.1........", "55.222.333/.5........"),
        ("act_by(corner, misfit, 0tosame_1toall5)", "11.1.111.2", "11.1.111.5"),
        (
            "act_by(corner, oddinpanel, 0tosame_1toall5)",
            "1.1.4.2.2/....4..../1.114.232",
            "1.1.4.2.2/....4..../1.554.252",
        ),
        # a head of another colour is not of their company
        ("act_by(corner, oddinrow, 0tosame_1toall5)", "2.11.11.1.11", "2.11.11.5.11"),
        # in a row one thing has another colour, though none has the shape of another
        ("act_by(corner, oddinrow, 0tosame_1toall5)", "1.11.2.111", "1.11.5.111"),
    ],
)
def test_partner(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_by(corner, any, 0tobendupperkin5)",
            "1....../......./....22./....22./......1",
            "1555555/......5/....225/....225/......1",
        ),
        ("act_by(corner, any, 0tobendlowertwin5)", "1..../...../....2", "1..../5..../55552"),
        ("act_by(corner, any, 0tobendlefttwin5)", "....1/...../2....", "....1/....5/25555"),
        ("act_by(corner, any, 0tobendrighttwin5)", "....1/...../2....", "55551/5..../2...."),
        ("act_by(corner, any, 0torowlinktwin5)", "1.2./..../3.11", "152./..../3.11"),
        ("act_by(corner, any, 0tocolumnlinkkin5)", "1.1/.../1.2", "1.1/5../1.2"),
        (
            "act_by(corner, any, 0tothreaddownrank5)",
            "111..222/.....222/......../......../........",
            "111..222/.5...222/......5./......5./........",
        ),
        (
            "act_by(corner, any, 0tostemdownbackrank5)",
            "1.22.33/.....33/......./......./.......",
            "1.22.33/5.55.33/5.55.55/5....../.......",
        ),
        ("act_by(corner, any, 0tospokeright5)", "111..../111..2./111....", "111..../1115525/111...."),
        ("act_by(corner, any, 0tofarspokeleft5)", "......222/.1....222/......222", "......222/515555222/......222"),
        ("act_by(corner, single, 0tolevelkinrow_1tosame)", "1..22/...../...11/2....", "1..11/...../...../2..22"),
        ("act_by(corner, single, 0tolevelkincolumn_1tosame)", "1..2./...../11.../.22..", "1..2./...../11.../..22."),
        ("act_by(corner, any, 0tospokeendleft5)", "....222/....222/....222", "....222/5...222/....222"),
        ("act_by(corner, any, 0tobendspotupperown)", "1..../...../....1", "1...1/...../....1"),
        ("act_by(corner, any, 0tobendpluslower5)", "1..../...../....1", "1..../5..../55..1"),
        ("act_by(mixed, size, 1tosame_9tofacekin)", ".......2/111...../112...../111....2", "None"),
        (
            "act_by(mixed, size, 1tosame_9tofacekin)",
            "......../111...../211....2/111.....",
            "......../111...../112....2/111.....",
        ),
        (
            "act_by(corner, colour, 5tosame_1topulltwin)",
            "55...1./.5..111/......./.......",
            "55...1./.5..111/......./.......",
        ),
        (
            "act_by(corner, colour, 5tosame_1topulltwin)",
            "55..11./.5...1./......./...1...",
            "5511.../.5.1.../......./...1...",
        ),
        ("act_by(corner, any, 0tospokecross5)", "...../..1../...../.....", "..5../55155/..5../..5.."),
    ],
)
def test_led(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
