"""What becomes of each thing, which one is taken, what is listed: read off demonstrations by properties of things."""

import pytest
from rules.grids import cells, fitted, made

from arc_ttt.errors import DataError
from arc_ttt.rules.acts import change_of, dear, is_act
from arc_ttt.rules.changes import CHANGES
from arc_ttt.rules.crowds import MEMBERS, crowd
from arc_ttt.rules.language import parse_program
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.regions import REGIONS
from arc_ttt.rules.sources import SOURCES


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, any, 0toall3)", "1.22", "3.33"),
        ("act_by(corner, single, 0tosame_1toall0)", "1.22", "..22"),
        ("act_by(corner, size, 2toall5_elsetosame)", "1.22.333", "1.55.333"),
        ("act_by(corner, size, 2toall5)", "1.22.333", "None"),
        ("act_by(side, holed, 0tosame_1tofill4)", "111.2/1.1../111..", "111.2/141../111.."),
        ("act_by(corner, any, 0toframeown)", "...../...../..3../...../.....", "...../.333./.333./.333./....."),
        ("act_by(side, single, 0toallnear_1tosame)", "11.2", "22.2"),
        ("act_by(corner, any, 0tomovep1m1)", ".1./2..", ".../1.."),
        ("act_by(corner, colour, 1toslideright_2tosame)", "1..2", "..12"),
        ("act_by(corner, colour, 1topullnear_2tosame)", "1..2", "..12"),
        ("act_by(corner, colour, 1tobeamdownown_2tosame)", "1./../2.", "1./1./2."),
        ("act_by(corner, colour, 1tobardown3_2tosame)", "1./../2./..", "1./3./2./3."),
        ("act_by(corner, any, 0tobridge5)", "1..1", "1551"),
        ("act_by(corner, any, 0toslantsown)", "1../.../...", "1../.1./..1"),
        ("act_by(corner, colour, 1tocompletehorizontal_2tosame)", "1.2/11.", "112/11."),
        ("act_by(mixed, any, 0tofliphorizontal)", "12./...", "21./..."),
        ("act_by(mixed, any, 0torayonrarest)", "2../1../1../.../...", "2../1../1../.../..."),
        ("act_by(mixed, any, 0torayonrarest)", "1../1../2../.../...", "1../1../2../2../2.."),
        ("act_by(mixed, any, 0torayback3)", ".../.../1../1../2..", "3../3../1../1../2.."),
        ("act_by(rooms, size, 1toall3_2toall4)", ".5../5555", "3544/5555"),
        ("act_by(corner, any, 0totipsown)", "11.../11.../..1../...../.....", "11.../11.../..1../...1./....1"),
        ("act_by(corner, any, 0toleaks3)", "...../...../1.1../1.1../111..", ".3.../.3.../131../1.1../111.."),
        ("act_by(corner, any, 0toboxleaks3)", "...../...../1.1../1.1../111..", ".3.../.3.../131../131../111.."),
        ("act_by(panels, largest, 0towhole0_1tosame)", "115.2/115..", "115../115.."),
        ("act_by(corner, any, 0totraildown)", "1/./.", "1/1/1"),
        ("act_by(side, any, 0towedgeup3)", "...../...../22222", "..3../.333./22222"),
        ("act_by(side, any, 0towedgeright2)", "1.../1.../1...", "1.../12../1..."),
        ("act_by(corner, largest, 0tosame_1tobeyondaxes1)", "...../.2.3./..3../.33..", "..1../.2.3./1.3.1/.33.."),
        ("act_by(corner, any, 0topool1)", "5.../5..5/5..5/5555", "5.../5115/5115/5555"),
        ("act_by(corner, any, 0topool1)", "555./5..5/..../....", "555./5..5/..../...."),
        ("act_by(corner, any, 0tocavities1)", "555./5..5/5..5/....", "555./5115/5115/...."),
        ("act_by(corner, any, 0tocavities1)", "555/5../555", "555/511/555"),
        ("act_by(mixed, any, 0tobeamonown)", "..../112./112./....", "..../1121/1121/...."),
        ("act_by(mixed, any, 0tobeambackown)", "..../.112/.112/....", "..../1112/1112/...."),
        ("act_by(colours, any, 0toboxcorners8)", "5..5./....1/5..../.1...", "5..5./.8..1/5..8./.1..8"),
        ("act_by(colours, colour, 5toinset3)", "..5../...../5...5/...../..5..", "..5../.333./53.35/.333./..5.."),
        ("act_by(corner, any, 0tobeyond3)", "..../.1../..1./....", "...3/.1../..1./3..."),
        ("act_by(corner, colour, 1tothrowover_2tosame)", "..../..../2222/..1.", "..../..1./2222/...."),
        ("act_by(corner, colour, 1tolevelrow_2tosame)", "1.../..22/..22/..22", "..../..22/1.22/..22"),
        ("act_by(corner, colour, 1tolevelboth_2tosame)", "1..../..222/..2.2/..222", "...../..222/..212/..222"),
        ("act_by(corner, colour, 1tolevelcolumn_2tosame)", "1.../..2.", "None"),
        ("act_by(corner, colour, 1tocopyover_2tosame)", "..../..../2222/..1.", "..../..1./2222/..1."),
        ("act_by(corner, bends, 0tosame_1toall5)", "11.2/1..2", "55.2/5..2"),
        ("act_by(corner, ends, 2tosame_3toall5)", "111.2/.1..2", "555.2/.5..2"),
        ("take_by(corner, touches, v0, cells, same)", "11.2/...3", "11"),
        ("take_by(corner, largest, v1, box, fliphorizontal)", "111/1../..2", "111/..1"),
        ("take_by(corner, colour, v1, content, same)", "111/121/111", ".../.2./..."),
        ("take_by(corner, colour, v1, within, double)", "111/121/111", "22/22"),
        ("take_by(corner, colour, v1, within, solid1r2own)", "111/121/111", "11"),
        ("take_by(corner, any, v0, cells, same)", "1.2", "None"),
        ("take_by(mixed, largest, v1, cells, legendrightwards)", "112.34/122.../....16", "662/622"),
        ("take_by(mixed, largest, v1, cells, legendrightwards)", "112.13/122.../....16", "None"),
        ("take_by(mixed, largest, v1, cells, legenddownwards)", "112.21/122.36/122...", "663/633/633"),
        ("take_by(mixed, largest, v1, cells, markup)", "1133/1113/1131", "331/313/111/111"),
        ("take_by(mixed, largest, v1, cells, markdown)", "1131/1111/3333", "None"),
        ("take_by(corner, largest, v1, box, markup)", "555/5.5/552", "255/5.5/555"),
        ("take_by(corner, largest, v1, box, markleft)", "525/5.5/555", "555/2.5/555"),
        ("take_by(panels, haslinemark, v1, cells, same)", "1.52./.1532/55355/..56./4456.", "2./32"),
        ("take_by(corner, single_bordering, v10, cells, same)", "1..3/.2../4...", "2"),
        ("take_by(colours, colour, v5, tall, same)", "8..8/5.15/8.2.", "8..8/5.15/8.2."),
        ("take_by(colours, colour, v5, wide, same)", "28542/1..5.", "8542/..5."),
        ("take_by(corner, largest, v1, cells, shrunk)", "11../11../1111/1111/...2", "1./11"),
        ("take_by(corner, largest, v1, box, rooms)", "5555555./5.52.5../5555555./......1.", ".2."),
        ("take_by(corner, largest, v1, cells, shrunkinkrest)", "11../11../1111/1111/...2", "2./22"),
        ("take_by(corner, any, v0, cells, same)", "1.1", "1"),
        ("list_by(corner, any, is0, most_size, row1)", "1.22", "21"),
        ("list_by(colours, largest, is0, most_size, column1)", "1.22.333", "2/1"),
        ("list_by(corner, colour, not1, least_left, pad2r2)", "3.1.2", "32/.."),
        ("list_by(corner, any, is0, least_left, snake2r2)", "3.1.2", "31/.2"),
        ("list_by(corner, any, is0, least_left, rows)", "3.1", "31/31"),
        ("list_by(corner, any, is0, least_left, column2last3)", "3.1", "../33/11"),
        ("list_by(corner, any, is0, least_left, row1first4)", "3.1", "31.."),
        ("list_by(corner, any, is0, least_left, row1last1)", "3.1", "None"),
        ("count_by(corner, largest, is1height, row, ink4)", "1.2/1../1..", "444"),
        ("count_by(corner, any, is0, snake2r2, ink4)", "1.2.3", "44/.4"),
        ("count_by(corner, any, is0height, row, ink4)", "1.2/1../1..", "None"),
        ("grow_by(corner, largest, is1size, tiled)", "22", "2222/2222"),
        ("list_by(corner, any, is0, most_size, row1)", "1.2", "None"),
        ("bars_by(corner, any, is0, most_size, size, bars)", "1.22", "22/1."),
        ("bars_by(colours, any, is0, least_size, pieces, bars4)", "1.22.2.2", "1.../222."),
        ("bars_by(corner, any, is0, most_size, size, columns)", "1.22", "21/2."),
        ("bars_by(corner, any, is0, most_size, size, standing)", "1.22", "2./21"),
        ("bars_by(corner, any, is0, most_size, size, backbars3)", "1.22", ".22/..1"),
        ("shrink_layout(corner)", "11../11../...2/3...", "1./.2/3."),
        ("shrink_layout(corner)", "12/21", "None"),
        # a wall from border to border is left out
        ("shrink_layout(corner)", "5555/..../2..3/..../...2", "23/.2"),
        ("gather_layout(corner)", "1..../1..22/.....", "122/1.."),
        ("assemble_corners(side)", ".11/..1/22./2../..3/.33/4../44.", "2211/2..1/4..3/4433"),
        ("jigsaw(side)", "11../1.22/...2", "None"),
        ("jigsaw(side)", "11...3/1..222", "None"),
        ("jigsaw(side)", "11..2/1....", "11/12"),
        ("overlay_in_order(across2, o10)", "1.22", "22"),
        ("overlay_in_order(across2, o01)", "1.22", "12"),
        ("overlay_in_order(across2, fewest)", "221.", "12"),
        ("overlay_in_order(across2, most)", "1.22", "22"),
        ("overlay_in_order(across2, most)", "1.2.", "None"),
        ("overlay_in_order(panels, o01)", "1.22", "None"),
        ("combine_layers(across2, count, 0to0_1to3_2to4)", "1..1/..11", "33/33"),
        ("combine_layers(across2, marks, 0to0_11to8_10to0_1to0)", "1.12", "8."),
        ("combine_layers(panels, walls, 511to0_501to1_600to0_611to4_500to0)", "1.511/1.51.", ".1/.."),
        ("combine_layers(panels, walls, 511to0_510to1_601to0_611to4_600to0)", "1.611/1.61.", "4./4."),
        ("combine_layers(across2, marks, 0to0)", "1.12", "None"),
        ("panels_to_cells(largest, 0to0_1toown)", "115.2/115..", "1."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize(
    "program",
    [
        "act_by(corner, any, 0tonothing)",
        "act_by(corner, any, 0toall3_0toall4)",
        "act_by(corner, none, 0toall3)",
        "take_by(corner, any, 1, cells, same)",
        "take_by(corner, any, v1, cells, solid1r1nothing)",
        "list_by(corner, any, is, most_size, row1)",
        "overlay_in_order(across2, o00)",
        "overlay_in_order(across2, o12)",
        "panels_to_cells(any, 0tonothing)",
    ],
)
def test_words_that_are_none_are_refused(program: str) -> None:
    with pytest.raises(DataError):
        parse_program(program)


def test_every_member_property_source_and_act_is_known_for_every_thing() -> None:
    for text in ("1.22/3..2/.333", "555/5.5/555", "1521/5555/.5.2", "...", "12/21"):
        for members in map(str, MEMBERS.values):
            c = crowd(cells(text), members)
            for name in PROPERTIES:
                values = c.values(name)
                assert len(values) == len(c.things) and all(0 <= v < 100_000 for v in values)
            for name in SOURCES:
                inks = c.inks(name)
                assert len(inks) == len(c.things) and all(0 <= v <= 9 for v in inks)
            words = [*CHANGES, *(f"{r}{s}" for r in REGIONS for s in ("3", "near"))]
            for word in words:
                assert is_act(word) and dear(word) >= 0
                for i in range(len(c.things)):
                    change = change_of(c, i, word)
                    assert change is None or len(change[1][0]) == len(change[1][1]) == len(change[2])


def test_which_property_decides_is_inferred() -> None:
    """Size in both; colour would need the second demonstration's colours."""
    found = fitted("act_by", ("1.22.1", "3.22.3"), ("4.11", "3.11"))
    assert ("corner", "single", "0tosame_1toall3") in found
    assert all(name != "colour" for _, name, _ in found)


def test_one_value_against_all_others() -> None:
    found = fitted("act_by", ("1.22.333", "5.66.555"), ("1111.22", "5555.66"))
    assert ("corner", "size", "2toall6_elsetoall5") in found


def test_a_move_by_the_same_way_is_found() -> None:
    found = fitted("act_by", ("1../.../...", ".../.1./..."), (".../22./...", ".../.../.22"))
    assert ("corner", "any", "0tomovep1p1") in found


def test_nothing_is_found_where_equal_things_become_different() -> None:
    assert fitted("act_by", ("1.1", "2.1"), ("1.1", "1.2")) == []


def test_things_come_to_lie_on_others_that_stay() -> None:
    pairs = (
        (".....555/.22..555/.....555", ".....555/....2255/.....555"),
        ("33....../......../...5555./...5555.", "...33.../......../...5555./...5555."),
        (".....555/....5555/.44.5555/....5555", ".....555/....5555/....4455/....5555"),
    )
    assert ("corner", "colour", "5tosame_elsetomovep0p3") in fitted("act_by", *pairs)


def test_a_path_gives_way_to_what_comes_along_it() -> None:
    pairs = (
        ("2555./...5./...5.", "...../...../...2."),
        ("..5../..5../.45../.....", "..4../...../...../....."),
    )
    assert ("corner", "colour", "5togiveway_elsetorideonto") in fitted("act_by", *pairs)


def test_what_is_taken_is_inferred() -> None:
    """The held thing, whichever is larger."""
    found = fitted("take_by", ("111..../121.333/111.333", "2"), ("111111.4/1....1../1.33.1../111111..", "33"))
    assert any(arguments[1] in ("held", "outer") for arguments in found)
    assert all(arguments[1] not in ("largest", "smallest") for arguments in found)


def test_what_is_taken_may_be_turned() -> None:
    found = fitted("take_by", ("12.3", "21"), ("451.3", "154"))
    assert any(arguments[4] == "fliphorizontal" for arguments in found)


def test_lists_and_bars_are_inferred() -> None:
    assert ("corner", "any", "is0", "most_size", "row1") in fitted("list_by", ("1.22", "21"), ("333.4", "34"))
    found = fitted("bars_by", ("1.22", "22/1."), ("333.4", "333/4.."))
    assert ("corner", "any", "is0", "most_size", "size", "bars") in found


def test_snakes_squares_and_measures_are_inferred() -> None:
    """Every second row goes backwards; a list as broad as it is long; the size of the largest thing."""
    found = fitted("list_by", ("3.1.2", "31/.2"), ("2.1.4.5", "21/54"))
    assert ("corner", "any", "is0", "least_left", "snake2r2") in found
    assert any(f[4] == "rows" for f in fitted("list_by", ("3.1", "31/31"), ("2.1.4", "214/214/214")))
    found = fitted("count_by", ("1.2/1../1..", "444"), ("3.2/3.2/..2/..2", "4444"))
    assert ("corner", "largest", "is1size", "row", "ink4") in found


def test_what_is_taken_may_be_scaled_down_and_take_the_other_colour() -> None:
    first, second = ("11../11../1111/1111/...2", "2./22"), ("3333../3333../33..../33....", "44/4.")
    second = (second[0].replace("33..../33....", "33...4/33...."), second[1])
    assert any(f[4] == "shrunkinkrest" for f in fitted("take_by", first, second))


def test_a_dense_part_is_found_in_noise() -> None:
    """What lies all around must be noise: in an empty grid there is none."""
    noise = "26354/61112/31113/21114/53426"
    c = crowd(cells(noise), "dense")
    assert [(t.top, t.left, t.cells.shape) for t in c.things] == []
    large = "263543/611112/311113/211114/534263"
    assert [(t.top, t.left, t.cells.shape) for t in crowd(cells(large), "dense").things] == [(1, 1, (3, 4))]
    assert crowd(cells("....../.1111./.1111./.1111./......"), "dense").things == ()


def test_layers_and_panels_are_inferred() -> None:
    assert ("across2", "o10") in fitted("overlay_in_order", ("1.22", "22"), ("1.3.", "3."))
    assert ("across2", "count", "0to0_1to3_2to0") in fitted("combine_layers", ("1.11", ".3"), ("..1.", "3."))
    found = fitted("panels_to_cells", ("115.2/115..", "1."), ("2.5.3/..533", ".3"))
    assert any(table == "0to0_1toown" for _, table in found)


def test_four_colours_alone_are_one_table() -> None:
    """Each thing takes the colour of the border that is nearest to it."""
    first = (
        "...5.../......./......./5.....5/......./......./...5...",
        "...1.../......./......./3.....4/......./......./...2...",
    )
    second = (
        "....5../......./5....../......5/......./......./..5....",
        "....1../......./3....../......4/......./......./..2....",
    )
    assert any(a[1] == "nearside" for a in fitted("act_by", first, second))
