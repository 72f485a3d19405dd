"""Parts of a grid chosen, lined up and listed by a measure."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("crop_chosen(things, most_size)", "11.2/1..2", "11/1."),
        ("crop_chosen(things, least_size)", "11.2/1...", "2"),
        ("crop_chosen(things, most_common_cells)", "11.2.11", "11"),
        ("crop_chosen(things, most_size)", "11.22", "None"),
        ("crop_chosen(boxes, most_area)", "111.4/121.4/111.4", "111/121/111"),
        ("crop_chosen(panels, most_cells_of_2)", "1.522/..5.2", "22/.2"),
        ("crop_chosen(slices, most_left)", "1234", "None"),
        ("crop_chosen(slices, least_left)", "1122/1122", "11/11"),
        ("crop_chosen(colour_boxes, least_size)", "1..2/...1", "2"),
        ("crop_chosen(insides, most_colours)", "111.222/131.2.2/111.222", "3"),
        ("line_up_by(things, most_size, horizontal)", "1..2/...2", "None"),
        ("line_up_by(pieces, most_number, horizontal)", "11.33/11.33", "3311/3311"),
        ("list_colours_by(things, most_size, vertical)", "1.222.33", "2/3/1"),
        ("list_colours_by(things, least_left, horizontal)", "1.222.33", "123"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_measure_is_inferred() -> None:
    """Size singles out the wanted thing in both; height in the first alone."""
    found = fitted("crop_chosen", ("1..2/1..2/1.22", ".2/.2/22"), ("33.4", "33"))
    assert ("things", "most_size") in found
    assert ("things", "most_height") not in found


def test_a_part_may_be_turned_or_of_other_colours_where_none_is_wanted_as_it_is() -> None:
    assert ("things", "most_size") in fitted("crop_chosen", ("1.2/1..", "3/3"), ("44.5", "33"))


def test_an_order_is_inferred() -> None:
    assert ("things", "most_size", "horizontal") in fitted("list_colours_by", ("1.22", "21"), ("444.3", "43"))
    assert fitted("list_colours_by", ("1.22", "2/1"), ("444.3", "43")) == []
