"""Rooms of a lattice as the cells of a coarse grid."""

import pytest
from rules.grids import cells, made

from arc_ttt.rules.rooms_as_cells import room_colours, rooms_recoloured, rooms_retiled

# Two rows of three rooms.
ROOMS = ".1.5...5.../.1.5...5.../55555555555/...5.2.5.2./...5...52.."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # What changes is filled, what does not stays.
        (
            "in_room_colours([rays(right)])",
            ROOMS,
            ".1.51115111/.1.51115111/55555555555/...5.2.5.2./...5...52..",
        ),
        ("in_room_colours([flip(horizontal)])", ".1.5.../12.5...", "None"),
        ("in_room_colours([transpose])", ROOMS, "None"),
        (
            "in_room_tiles([flip(horizontal)])",
            ROOMS,
            "...5...5.1./...5...5.1./55555555555/.2.5.2.5.../2..5...5...",
        ),
        ("in_room_tiles([flip(horizontal)])", ".1.5..", "None"),
        # Blocks without lines between them.
        ("in_block_tiles(2x2, [flip(vertical)])", "1.1.2./.1.1.2/2.1.1./.2.1.1", "2.1.1./.2.1.1/1.1.2./.1.1.2"),
        ("in_block_tiles(2x2, [crop_thing(smallest, side)])", "1.1.2./.1.1.2/1.1.1./.1.1.1", "2./.2"),
        ("in_block_tiles(2x2, [flip(vertical)])", "1.2./.1.2/3.4./.3.4", "None"),
        ("rooms_to_colours", ROOMS, "1../.22"),
        ("rooms_to_colours", "12515/11511", "None"),
        ("rooms_to_tiles", ROOMS, "1../.23"),
        ("rooms_to_tiles", "12/21", "None"),
        # No room has what the new colour stands for.
        ("in_room_tiles([paint_coloured(9)])", ROOMS, "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_coarse_grid_of_an_output_is_found() -> None:
    grid = cells(ROOMS)
    full = grid.copy()
    full[:2, 4:7] = 3
    coarse = rooms_recoloured(grid, full)
    assert coarse is not None and coarse.tolist() == [[1, 3, 0], [0, 2, 2]]
    full[0, 4] = 4
    assert rooms_recoloured(grid, full) is None
    full = grid.copy()
    full[2, 0] = 3
    assert rooms_recoloured(grid, full) is None and rooms_retiled(grid, full) is None
    full = grid.copy()
    full[:2, 4:7] = grid[3:, 8:]
    coarse = rooms_retiled(grid, full)
    assert coarse is not None and coarse[0, 1] == coarse[1, 2] != coarse[1, 1]
    assert room_colours(cells("12/21")) is None
