"""Frames in which less is left to find: panels as cells, a part in place of the input."""

import numpy as np

from arc_ttt.agents.programs.bits import argument_bits
from arc_ttt.agents.programs.compared_sizes import extent, size_class
from arc_ttt.agents.programs.frames import GROUND_BITS, frames
from arc_ttt.agents.programs.states import signs
from arc_ttt.agents.programs.taken import taken
from arc_ttt.rules.language import parse_program, program_text, run
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.types import Cells


def cells(text: str) -> Cells:
    """Rows separated by `/`, a dot for the background."""
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def grids(*texts: str) -> tuple[Cells, ...]:
    return tuple(map(cells, texts))


def test_outputs_are_smaller_by_what_is_counted() -> None:
    """Two single cells: every cell twice as large; one: as it is."""
    given = grids("11../...2/1..2", "11../..../...2", "11.3/..../3...")
    wanted = grids("1111/1111", "11")
    found = [f for f in frames(given, wanted, ()) if f.outputs[0].shape == (1, 2)]
    programs = [f.wrapped(parse_program("crop_thing(largest, side)")) for f in found]
    assert parse_program("enlarge_made(cells, singles, [crop_thing(largest, side)])") not in programs
    given = grids("11../...2/2...", "11../..../...2", "11.3/..../3...")
    found = [f for f in frames(given, wanted, ()) if f.outputs[0].shape == (1, 2)]
    program = found[0].wrapped(parse_program("crop_thing(largest, side)"))
    assert (run(program, given[0]) == wanted[0]).all() and (run(program, given[1]) == wanted[1]).all()


def test_panels_that_are_filled_are_cells_to_find() -> None:
    """What makes the cells is wrapped, so that it fills the panels."""
    given = grids("1252./345../55555/..5../..5..", "..5../..5../55555/..51./.25..")
    wanted = grids("11522/11522/55555/33544/33544", "..5../..5../55555/22511/22511")
    found = [f for f in frames(given, wanted, ()) if f.outputs[0].shape == (2, 2)]
    assert len(found) == 1 and (found[0].outputs[1] == cells("../21")).all()
    program = found[0].wrapped(parse_program("cut(upper_left, 2x2)"))
    out = run(program, given[0])
    assert out is not None and (out == cells("11522/11522/55555/33544/33544")).all()


def test_a_part_of_the_outputs_size_takes_the_place_of_the_input() -> None:
    given = grids("222..../212..../222.333/....333/....333", "....444/666.444/616.444/666....")
    wanted = grids("222/252/222", "666/656/666")
    found = taken(given, wanted)
    assert found and all((g == w).sum() == 8 for g, w in zip(found[0].grids, wanted, strict=True))


def test_right_changes_and_right_sizes_are_signs() -> None:
    given, wanted = grids("1..."), grids("1234")
    assert signs(given, grids("12.."), wanted) == 1
    assert signs(given, grids("13.."), wanted) == signs(given, given, wanted) == 0
    assert signs(grids("1"), grids("1..."), wanted) == 2
    assert signs(grids("1"), grids("11"), grids("1.")) == 1


def test_sizes_are_compared() -> None:
    assert size_class(grids("12"), grids("34")) == "same"
    assert size_class(grids("12"), grids("3")) == "smaller"
    assert extent(grids("12", "1"), grids("1212/1212", "11/11")) == "x2by2"
    assert extent(grids("12", "1"), grids("111", "111")) == "s1by3"
    assert extent(grids("12", "1"), grids("111", "11")) is None


def test_an_argument_that_is_a_table_costs_its_entries() -> None:
    operation = OPERATIONS["recolour_by_table"]
    assert argument_bits(operation, ("1to2",)) < argument_bits(operation, ("1to2_2to1",))


def test_what_moves_and_takes_another_colour_has_it_before() -> None:
    """A colour that goes, where as many cells of a new one come, has its name; not where it only is recoloured."""
    given = grids("1.2../.....", "..1../..2..", "2.1../.....")
    wanted = grids("13.../.....", "..1../.3...")
    found = [f for f in frames(given, wanted, ()) if any((i == 3).any() for i in f.inputs)]
    assert found and (found[0].inputs[2] == cells("3.1../.....")).all()
    out = run(found[0].wrapped(parse_program("flip(horizontal)")), given[0])
    assert out is not None and (out == cells("..3.1/.....")).all()
    wanted = grids("1.3../.....", "..1../..3..")
    assert not [f for f in frames(given, wanted, ()) if any((i == 3).any() for i in f.inputs)]


def test_the_background_may_be_less_common_than_noise() -> None:
    """The most common colour of all outputs is the background, also where some inputs have more of another one."""
    given = grids("55557/57777/05577", "77775/07777/75777", "05575/55575")
    found = [f for f in frames(given, grids("77770/77777/77777", "77770/77777/77777"), ()) if f.bits == GROUND_BITS]
    assert [(f.inputs[0] == cells("5555./5..../755..")).all() for f in found] == [True]
    assert not [f for f in frames(given[1:2], grids("77770/77777/77777"), ()) if f.bits == GROUND_BITS]


def test_what_lies_on_a_bright_background_is_turned_without_it() -> None:
    """In a pose the most common colour is the background, so the half that a mark tells can be cleared of the mark."""
    given = grids("858888/888888/838883/888888", "888888/838883/888888/888858", "838883/888888/888858/888888")
    wanted = grids("888888/888888", "888888/888888")
    program = parse_program("half(left) > erase_colour(5)")
    found = [f.wrapped(program) for f in frames(given, wanted, ())]
    texts = list(map(program_text, found))
    assert any(t.startswith("by_roles(background, [in_pose(") for t in texts)
    assert not any(t.startswith(("in_pose(", "in_frame(")) for t in texts)


def test_the_background_of_all_demonstrations_is_that_of_a_test_that_has_more_of_a_colour() -> None:
    given = grids("8883/8388", "8388/8888", "3333/3833")
    texts = [program_text(f.wrapped(())) for f in frames(given, grids("8888/8888", "8888/8888"), ())]
    assert texts[0] == "by_roles(black8, [])" and not any("background" in t for t in texts)


def test_without_black_what_is_turned_lies_on_the_most_common_colour() -> None:
    given = grids("8833/8833/5555", "8885/3885/8885", "5338/5338/5888")
    wanted = grids("8833/3388/5555", "8885/3385/8885")
    texts = [program_text(f.wrapped(())) for f in frames(given, wanted, ())]
    assert "by_roles(background, [in_pose(line_below, [])])" in texts


def test_each_row_of_panels_becomes_a_piece() -> None:
    given = grids("12534/12534/55555/67589/67589", "1.5.2/..52./55555/3.5.4/3.54.", "11522/12521/55555/33544/34543")
    wanted = grids("34/34/89/89", ".2/2./.4/4.")
    found = [f for f in frames(given, wanted, ()) if f.outputs[0].shape == (2, 2) and len(f.outputs) == 4]
    assert [len(f.inputs) for f in found] == [6]
    program = found[0].wrapped(parse_program("half(right)"))
    assert program == parse_program("make_of_each(rows, nothing, [half(right)])")
    assert all((run(program, g) == w).all() for g, w in zip(given, wanted, strict=False))


def test_parts_that_all_become_the_same_say_nothing() -> None:
    given = grids("12534/12534/55555/67589/67589", "12534/12534/55555/67589/67589")
    assert not any(len(f.outputs) == 2 for f in frames(given, grids("11/11"), ()))
