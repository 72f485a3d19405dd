"""Layers and copies put into each other, and small grids spread over larger ones."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("nest(colours)", "1.1.2../......./1.1..../.......", "1.1/.2./1.1"),
        ("nest(colours)", "1.122/...../1.122", "None"),
        ("nest(side)", "111.2/1.1../111..", "111/121/111"),
        ("fit_into(frame)", "1111..3/1..1.3./1..1.../1111...", "1111/1.31/13.1/1111"),
        ("fit_into(grid)", "1111..3/1..1.3./1..1.../1111...", "1111.../1.31.../13.1.../1111..."),
        ("fit_into(frame)", "1111.../1..1.3./1..1.../1111...", "1111/1331/1331/1111"),
        ("fit_into(frame)", "11.3/11..", "None"),
        ("fit_into(stretched_frame)", "11111.23/1...1..3/1...1.../1...1.../11111...", "11111/12231/1..31/1..31/11111"),
        ("fit_into(stretched_room)", "11111.2/1...1../1...1../11111..", "222/222"),
        ("fit_into(stretched_room)", "1111.222/1..1..../1111....", "None"),
        ("fit_into(tiled_frame)", "11111.23/1...1.../1...1.../11111...", "11111/12321/12321/11111"),
        ("fit_into(tiled_all)", "11111.23/1...1.../11111...", "11111.23/12321.../11111..."),
        ("multiply_halves(more_colours)", "2..8/.38.", ".2../2.../...3/..3."),
        ("multiply_halves(first)", "1.22/..2.", "11../1.../..../...."),
        ("multiply_halves(more_colours)", "1.2./..2.", "None"),
        ("mirror_on(right, 1)", "123", "12321"),
        ("mirror_on(down, 3)", "1/2/3", "1/2/3/2/1/2/3/2/1"),
        ("mirror_on(left, 1)", "1", "None"),
        ("copy_where_fits(never)", "225555/5..55./5..555", "225555/52255./522555"),
        ("copy_where_fits(any)", "22555/555.5/555.5", "22555/55525/55525"),
        ("copy_where_fits(never)", "2255/5555", "None"),
        ("mark_middles(cell, 3)", "1...1/.....", "1.3.1/....."),
        ("mark_middles(plus, 3)", "1...1/.....", "13331/..3.."),
        ("mark_middles(cell, 3)", "1..1", "None"),
        ("frame_alike", "2221111/2.21111/2221.11/1111111", "2221111/2.22221/2222.21/1112221"),
        ("frame_alike", "2221/2.21/2221", "None"),
        ("lay_copies(coloured, empty)", "1./..", "1...../....../....../....../....../......"),
        ("lay_copies(colours, things)", "1.2", "1.21.2/......"),
        ("mend_stripes", "1122/1322/1124", "1122/1122/1122"),
        ("mend_stripes", "1113/2222/2522", "1111/2222/2222"),
        ("mend_stripes", "11/22", "None"),
        (
            "fill_panels_with([pick_panel(most_colours)])",
            "12511/34511/55555/..5../..5..",
            "11522/11522/55555/33544/33544",
        ),
        ("fill_panels_with([flip(horizontal)])", "1.52./..5../55555/..5../..5..", "None"),
        ("fill_blocks_with([half(left)])", "1233/1233", "1122/1122"),
        ("fill_blocks_with([trim])", "12/34", "None"),
        (
            "enlarge_made(cells, singles, [crop_thing(largest, side)])",
            "1.3/1../..4",
            "11/11/11/11",
        ),
        ("enlarge_made(across, singles, [crop_thing(largest, side)])", "1.3/1../1.4", "11/11/11"),
        ("enlarge_made(tiles, colours, [half(left)])", "12", "11/11"),
        ("enlarge_made(down, singles, [trim])", "11", "None"),
        ("repeat_over(x2by2, [trim])", "12./...", "121212/121212/121212/121212"),
        ("repeat_over(s1by5, [trim])", "12./...", "12121"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
