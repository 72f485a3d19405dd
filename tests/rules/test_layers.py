"""What overlaps, falls, fits or leans."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # layers
        ("uncover_layers(5)", "111../15122/11152", "111../11122/11122"),
        ("uncover_layers(5)", "1.1/.5./1.1", "None"),
        ("uncover_layers(5)", "111", "None"),
        ("reverse_layers", "11.../1222./1222.", "11.../1122./1122."),
        ("reverse_layers", "333../3.444/344.4/..444", "333../3.344/333.4/..444"),
        ("reverse_layers", "1.../.22./.22./...1", "1.../.12./.21./...1"),
        ("reverse_layers", "11.22", "None"),
        ("list_layers(lowest_first, horizontal)", "11.../1222./1233./..33.", "123"),
        ("list_layers(highest_first, vertical)", "11.../1222./1233./..33.", "3/2/1"),
        ("list_layers(lowest_first, horizontal)", "11..22", "None"),
        # falling
        ("fall_home(corner)", "4...6/4.4.6/46.46/4...6", "4...6/44..6/464.6/4...6"),
        ("fall_home(cell)", "4..4./4..4./4...4/4....", "44.../44.../44.../4...."),
        ("fall_home(corner)", "4.../4.44/4.4./4...", "4.../444./44../4..."),
        ("fall_home(side)", "4...4/4.4.4/4...4", "None"),
        ("fall_home(side)", ".../.1./...", "None"),
        ("step_home", "4.6.5/4.4.5/4...5/4.5.5", "4.6.5/44..5/4...5/4.5.5"),
        ("step_home", ".333./4...5/4.3.5/4.4.5/.....", ".333./4.3.5/4...5/44..5/....."),
        ("step_home", "4..../4.4../44.44/4....", "4..../44.../444.4/4...."),
        ("step_home", "4.../.1../...4", "None"),
        # fitting
        ("fit_pieces(side)", "22..44/2....4/....../2....3/22..33", "223.../233.../....../244.../224..."),
        ("fit_pieces(side)", "2....3/22...3", "None"),
        ("fit_pieces(side)", "22..33/......", "2233../......"),
        ("fill_gaps_alike(vanish, corner)", "222..../2.2..../222..3.", "222..../232..../222...."),
        ("fill_gaps_alike(stay, side)", "2.2.3/2.2.3/222..", "232.3/232.3/222.."),
        ("fill_gaps_alike(stay, side)", "2.2.3/2.2../222..", "None"),
        # sorting
        ("sort_things(height, rising, horizontal, side)", "1..../1.2../1.2.3", "....1/..2.1/3.2.1"),
        ("sort_things(size, falling, horizontal, side)", "1.22/...2/....", "22.1/.2../...."),
        ("sort_things(width, rising, vertical, corner)", "222/.../1..", "1../.../222"),
        ("sort_things(size, falling, vertical, corner)", "222/.../1..", "None"),
        ("sort_things(size, rising, horizontal, corner)", "22/.1", "None"),
        # slanting
        ("slant(rows_down)", "12/34", "12./.34"),
        ("slant(rows_up)", "12/34", ".12/34."),
        ("slant(columns_right)", "12/34", "1./32/.4"),
        ("slant(columns_left)", "12/34", ".2/14/3."),
        ("slant(rows_down)", "12", "None"),
        ("lengthen_over(3, ends)", "1..../.1.../33333/...../.....", "1.1../.1.../33333/...../....."),
        ("lengthen_over(3, ends)", "1..../.1.../22222/...../33333", "1..../.1.../22121/...1./33333"),
        ("lengthen_over(3, ends)", "....", "None"),
    ],
)  # fmt: skip
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
