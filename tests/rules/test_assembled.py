"""Things put together, programs in a pose, and lines between edges."""

import numpy as np
import pytest
from rules.grids import cells, fitted, made

from arc_ttt.rules.poses import POSES, pose_of, turned, turned_back


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("stack_centred(colours, smallest)", "1.1../...../1.1../...2.", "1.1/.2./1.1"),
        ("stack_centred(corner, largest)", "111.2/111../111..", "111/111/111"),
        ("stack_centred(corner, smallest)", "11.2/11..", "None"),
        ("half_in_half(first)", "12.3/...3", ".1.2/.1.2/..../...."),
        ("half_in_half(colourful)", "12.3/...3", ".1.2/.1.2/..../...."),
        ("half_in_half(colourful)", "123/...", "None"),
        ("fit_into_frame", "1111.../1..1.2./1..1.../1111...", "1111/1221/1221/1111"),
        ("fit_into_frame", "12/21", "None"),
        ("put_where_it_fits(2, shape)", "22.33/333..", "22.33/33322"),
        ("put_where_it_fits(2, hole)", "2222333/2..2..3/2222333", "2222222/2..2..2/2222222"),
        ("put_where_it_fits(2, turned_shape)", "22.3/3333/3.33/3.33", "22.3/3333/3233/3233"),
        ("stretch_to(8)", "2222/2112/2222/..../..8.", "2222/2112/2112/2112/2222"),
        ("stretch_to(8)", "8.22/..22", "2222/2222"),
        ("staircase", "2.....", "2...../22..../222..."),
        ("staircase", "2..2", "None"),
        ("connect_alike", "1.1/.../1..", "111/1../1.."),
        ("join_edges", "1.1/.2./1..", "111/12./1.."),
        ("join_edges", "1../...", "None"),
        ("in_pose(most_below, [gravity(down)])", ".1.1./...../.....", ".1.1./...../....."),
        ("in_pose(lying, [flip(horizontal)])", "12/3./4.", "4./3./12"),
        ("in_pose(lying, [flip(horizontal)])", "123/...", "321/..."),
        ("in_pose(lying, [])", "12/34", "None"),
        ("act_by(corner, any, 0tohalfdown3)", "1/1/1", "1/1/3"),
        ("act_by(corner, any, 0toaxes3)", "11.../11.../11...", "11.../11333/11..."),
        ("act_by(corner, any, 0tofirstrows3)", "11/11/11", "33/11/33"),
        ("act_by(loose, any, 0toothers4)", "1.12/...2", "1412/...2"),
        ("act_by(corner, any, 0tomidplus3)", "1...1/.....", "13331/..3.."),
        (
            "act_by(corner, any, 0tofill3alsooutcorners4)",
            "...../.111./.1.1./.111./.....",
            "4...4/.111./.131./.111./4...4",
        ),
        ("fly_home(through, vanish)", "1.2.1/1.2../1.2..", "112../1.2../1.2.."),
        ("shoot_turning(2, up, 5tox)", ".../.5./.../.2.", "..2/.52/.22/.2."),
        ("complete_copies(thing, scaled, keep)", "12...../......./..22.../..22...", "12...../......./1122.../1122..."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_poses_are_undone() -> None:
    rng = np.random.default_rng(2)
    for _ in range(30):
        grid = rng.integers(0, 3, (3, 5)).astype(np.uint8)
        for pose in POSES:
            turn = pose_of(grid, pose)
            if turn is not None:
                assert np.array_equal(turned_back(turned(grid, turn), turn), grid)


def test_a_certain_colour_gives_the_direction() -> None:
    left, right = cells("4../444/.4./..8"), cells("..4/444/.4./8..")
    turns = [pose_of(g, "colour_4_leaning") for g in (left, right)]
    assert turns[0] is not None and turns[1] is not None
    assert np.array_equal(turned(left, turns[0]), turned(right, turns[1]))
    assert pose_of(cells("444/.4."), "colour_4_leaning") is None
    below = pose_of(cells("8../4../4.."), "colour_8_below_rest")
    assert below is not None and turned(cells("8../4../4.."), below)[2].any()
    assert pose_of(cells("8../8.."), "colour_8_below_rest") is None


@pytest.mark.parametrize("place", [(0, 2), (4, 2), (2, 0), (2, 4)])
def test_what_gives_the_direction_lies_below(place: tuple[int, int]) -> None:
    grid = np.zeros((5, 5), np.uint8)
    grid[place] = 1
    turn = pose_of(grid, "most_below")
    assert turn is not None and turned(grid, turn)[4, 2] == 1


@pytest.mark.parametrize("place", [(0, 0), (0, 4), (4, 0), (4, 4)])
def test_what_gives_the_corner_lies_in_the_upper_left(place: tuple[int, int]) -> None:
    grid = np.zeros((5, 5), np.uint8)
    grid[place] = 1
    turn = pose_of(grid, "most_upper_left")
    assert turn is not None and turned(grid, turn)[0, 0] == 1


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(
    ("pose", "before"),
    [
        ("line_below", "...2./.3.../44444"),
        ("pointing_down", ".111./..1../...../2...3"),
        ("largest_below_rest", ".2..3/...../.111./.111."),
        ("wall_across", "..2../55555/...../3..3."),
    ],
)
def test_all_turns_of_a_grid_are_brought_into_one_pose(pose: str, before: str, turns: int) -> None:
    grid = cells(before)
    turn = pose_of(np.rot90(grid, turns), pose)
    assert turn is not None
    found = turned(np.rot90(grid, turns), turn)
    images = [grid, grid[:, ::-1], grid[::-1], grid[::-1, ::-1]] if pose == "wall_across" else [grid]
    assert any(np.array_equal(found, image) for image in images)


def test_what_tells_nothing_has_no_pose() -> None:
    for pose in ("line_below", "pointing_down", "largest_below_rest", "largest_lying", "wall_across"):
        assert pose_of(cells("11..22/11..22/....../333..."), pose) is None
    assert pose_of(cells("11.../11.../11.../...22"), "largest_lying") == (0, True)


def test_several_acts_of_one_thing_are_read_off() -> None:
    pairs = (
        ("......./.111.../.1.1.../.111.../.......", "4...4../.111.../.131.../.111.../4...4.."),
        ("......./..222../..2.2../..222../.......", ".4...4./..222../..232../..222../.4...4."),
    )
    assert any("also" in f[2] for f in fitted("act_by", *pairs))
    assert cells("1").shape == (1, 1)
