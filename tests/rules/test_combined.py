"""Layers that are taken away, things that become each other's cells, nests, chains, rows of things, and chambers."""

import pytest
from rules.grids import cells, fitted, made, text

from arc_ttt.rules.chambers import chambers
from arc_ttt.rules.changes_shown import shown_changes, way_to_show

LAYERS = "111../11222/11222/..222"
WALLPAPER = "123123/234999/345399/123193/234234/345345"
ROOMS = "...5...4/.3.5..../...5.4../55555555/...5..../...5...6/...5...."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("take_layer(highest, others)", LAYERS, "111../111../111../....."),
        ("take_layer(lowest, others)", LAYERS, "...../..222/..222/..222"),
        ("take_layer(highest, itself)", LAYERS, "...../..222/..222/..222"),
        ("take_layer(most_hidden, itself)", LAYERS, "111../111../111../....."),
        # nothing lies upon anything
        ("take_layer(highest, others)", "11.22/11.22", "None"),
        # both of two lie on top
        ("take_layer(highest, others)", "2211133/2211133/.11111.", "None"),
        ("thing_in_cells(colourful, cell, coloured)", "12..../.1..33/....3.", "1122/1.2./..11/..1."),
        ("thing_in_cells(plain, thing, coloured)", "12..../.1..33/....3.", "1212/.1.1/12../.1.."),
        ("thing_in_cells(plain, thing, empty)", "12..../.1..33/....3.", "..../..../..12/...1"),
        ("thing_in_cells(colourful, cell, coloured)", "12..../12..33/....../..44..", "None"),
        (
            "turn_nests(one, inwards)",
            "11111/12221/12321/12221/11111",
            "33333/31113/31213/31113/33333",
        ),
        (
            "turn_nests(cells, outwards)",
            "11111.4/12221../12321.4/12221../11111..",
            "33333.4/31113../31213.4/31113../33333..",
        ),
        ("turn_nests(mirrored, inwards)", "11111/12221/12321/12221/11111", "33333/32223/32123/32223/33333"),
        ("turn_nests(one, inwards)", "1111/1221/1221/1111", "None"),
        ("chain_pieces(horizontal, upon)", "23.../...../...12/...../.34..", "1234"),
        ("chain_pieces(horizontal, beside)", "23.../...../...12/...../.34..", "122334"),
        ("chain_pieces(horizontal, apart)", "23.../...../...12", "12.23"),
        # a single cell of a colour is a mark
        ("chain_pieces(horizontal, upon)", "23.../...5./...12/...../.34..", "1234"),
        ("chain_pieces(vertical, upon)", "2..1/3..2", "1/2/3"),
        ("chain_pieces(horizontal, upon)", "21.../...../...12", "None"),
        ("show_under(shape)", WALLPAPER, "234/.45/.2."),
        ("show_under(box)", WALLPAPER, "234/345/123"),
        ("show_under(shape)", "12..../..3...", "None"),
        ("repeat_apart(singles, horizontal, gap1, own)", "11..3/.1.../...../3...3", "11.11.11/.1..1..1"),
        ("repeat_apart(singles, vertical, gap0, counted)", "11..3/.1.../....3", "33/.3/33/.3"),
        ("repeat_apart(singles, horizontal, gap1, counted)", "11..3/.1.../....4", "None"),
        (
            "act_by(chambers, specks, 0tosame_1toallrarest_2toall0)",
            ROOMS,
            "3335..../3335..../3335..../55555555/...56666/...56666/...56666",
        ),
        (
            "act_by(chambers, colours, 1tosame_2tomasscontentalsospecksmost)",
            "...5...4/.3.5..../...5..../55555555/...5..../...5...6/...5....",
            "33354445/35354444/33354444/55555555/...56666/...56665/...56666",
        ),
        ("act_by(mixed, colours, 1todress_2tosame)", "12.55/.2.5.", "12.21/.2.2."),
        (
            "act_by(mixed, colours, 1todress_2tosame)",
            "12.5555/.2.5555/...55../...55..",
            "12.2211/.2.2211/...22../...22..",
        ),
        (
            "act_by(side, bordering, 0toallstripdepth_1tosame)",
            "46....../......../.55555../.5...5../.5.5.5../.5...5../.55555../........",
            "46....../......../.44444../.4...4../.4.6.4../.4...4../.44444../........",
        ),
        ("bars_by(corner, any, is0, least_left, sizeplace, standing)", "11.2.33/11.....", "1../1.3/123"),
        ("bars_by(corner, any, is0, least_left, sizeplace, bars)", "11.2.33/11.....", "111/2../33."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_chambers() -> None:
    assert len(chambers(cells(ROOMS))) == 4
    assert chambers(cells("..3../.3.../....3")) == ()


@pytest.mark.parametrize(
    ("changed", "after"),
    [
        ("crossink", "111111/..11.."),
        ("crossinkalone", "1.11.1/..11.."),
        ("crossgone", "111111/......"),
        ("crossgonealone", "1....1/......"),
    ],
)
def test_things_that_lines_cross(changed: str, after: str) -> None:
    assert made(f"show_changed([tie_alike(all, upright)], {changed})", "1.22.1/..22..") == after


@pytest.mark.parametrize(
    ("changed", "after"),
    [
        ("crossink", "None"),
        ("meetink", "1111/...1"),
        ("meetinkalone", "1..1/...1"),
        ("meetgone", "111./...."),
        ("meetgonealone", "1.../...."),
    ],
)
def test_things_that_lines_meet(changed: str, after: str) -> None:
    before, changes = cells("1..2/...2"), cells("1112/...2")
    assert text(shown_changes(before, changes, changed)) == after
    if after != "None":
        assert way_to_show([changes], [before], [cells(after)]) == changed


def test_fits() -> None:
    assert fitted("take_layer", (LAYERS, "111../111../111../.....")) == [("highest", "others")]
    assert fitted("turn_nests", ("11111/12221/12321/12221/11111", "22222/23332/23132/23332/22222")) == [
        ("one", "outwards")
    ]
    pairs = ("11..3/.1.../...../3...3", "11.11.11/.1..1..1"), ("22.../2..../...../..3.3", "22.22/2..2.")
    assert ("singles", "horizontal", "gap1", "own") in fitted("repeat_apart", *pairs)
