"""What is shown of a member, finished: in other colours, or turned to what is attached to it."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("take_by(mixed, largest, v1, cells, specks4)", "111.22/131.../111..5", "111/141/111"),
        ("take_by(mixed, largest, v1, cells, ground4)", "111.22/131.../111..5", "444/434/444"),
        ("take_by(mixed, largest, v1, cells, specksownofsingle)", "111.22/131.../111..5", "111/151/111"),
        ("take_by(mixed, largest, v1, cells, specksownofsmallest)", "111.22/131.../111..5", "111/151/111"),
        ("take_by(mixed, largest, v1, cells, specksownofholed)", "111.22/131.../111..5", "None"),
        ("take_by(mixed, largest, v1, cells, inkownofsingle)", "111.22/131.../111..5", "555/555/555"),
        ("take_by(mixed, largest, v1, cells, specks4)", "111.22/111.../111..5", "None"),
        ("take_by(plates, touches, v1, cells, tagup)", ".....66/1232.66/333....", "33/23/13"),
        ("take_by(plates, touches, v1, cells, tagup)", ".....66/12.4.66/335....", "23/13"),
        ("take_by(corner, largest, v1, cells, tagup)", "22.../2...5/22...", "2.2/222"),
        ("take_by(corner, largest, v1, cells, tagdown)", "22.../2...5/22...", "222/2.2"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_another_members_colour_is_inferred() -> None:
    found = fitted(
        "take_by",
        ("1111.22.444/1331.25.446/1111.......", "1111/1551/1111"),
        ("33...888/34...878/.....888/999..8../996..8..", "888/848/888/8../8.."),
    )
    assert any(way[4] == "specksrarestofsmallest" for way in found)


@pytest.mark.parametrize("members", ["corner", "side"])
def test_a_frame_around_the_shape_of_a_loose_thing(members: str) -> None:
    grid = "66666...22./61..6..22../611.6....../66666.77777/......73337/......73.37/......77777"
    assert made(f"take_by({members}, holdsloose, v1, box, same)", grid) == "None"
    grid = "66666..22../61..6..2.../611.6....../66666.77777/......73337/......73.37/......77777"
    assert made(f"list_by({members}, holdsloose, is1, most_size, row1)", grid) == "6"
    assert made(f"take_by({members}, colour, v6, box, specksloosetwin)", grid) == "66666/62..6/622.6/66666"
    assert made(f"take_by({members}, colour, v6, box, groundloosetwin)", grid) == "22222/21..2/211.2/22222"
