"""Pictures that are completed: copies of templates, symmetries, repetitions, rings, legends."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("complete_copies(thing, never, keep)", "124...../......../.1.4....", "124...../......../.124...."),
        ("complete_copies(thing, any, keep)", "213....", "None"),
        # the pair may be turned, but not mirrored
        (
            "complete_copies(thing, turned, keep)",
            "12...../.3...../.....2./.....1.",
            "12...../.3...../.....23/.....1.",
        ),
        ("complete_copies(thing, any, keep)", "214..../....2.4", "214..../....214"),
        ("complete_copies(thing, any, remove)", "214..../....2.4", "......./....214"),
        ("complete_copies(thing, any, keep)", "214..../....4.2", "214..../....412"),
        ("complete_copies(thing, never, keep)", "214..../....4.2", "None"),
        ("complete_copies(thing, scaled, keep)", "214..../......./22..44./22..44.", "214..../......./221144./221144."),
        ("complete_by_parts(never, keep)", "124..2./......./.4....1", "124.124/......./24....1"),
        ("complete_recoloured(never)", "331.41/3...../......", "331441/3..4../......"),
        ("complete_recoloured(never)", "331.4./....../......", "None"),
        ("complete_copies(box, any, keep)", "1114/1411/1111/...4/4.../....", "None"),
        ("complete_symmetry(across, grid)", "1.2.1/33...", "1.2.1/33.33"),
        ("complete_symmetry(down, grid)", "13/2./1.", "13/2./13"),
        ("complete_symmetry(half_turn, grid)", "1.3/.2./..1", "1.3/.2./3.1"),
        ("complete_symmetry(both, colours)", "1.1..../.1..22./1...2../....222", "1.1..../.1..222/1.1.2.2/....222"),
        ("complete_symmetry(quarter_turns, grid)", ".1./12./.1.", ".1./121/.1."),
        ("complete_symmetry(across, grid)", "1.2/...", "None"),
        ("show_hole(mirrored)", "12321/45654/78.87/45654/12321", "None"),
        ("outvote", "121212/212121/121212/212125", "121212/212121/121212/212121"),
        ("outvote", "121212/2121../1212../212121", "121212/212121/121212/212121"),
        ("outvote", "1...../......", "None"),
        ("drop_thin(2x2)", "11.1/11../...1", "11../11../...."),
        ("drop_thin_of_colour(2x2)", "112/112/...", "11./11./..."),
        ("paint_clear(2x2, 4)", "1.../..1./....", "1.../441./44.."),
        ("agree_with_images", "1221/3443/3453/1221", "1221/3443/3443/1221"),
        ("continue_rings(lower_left)", "..../..../22../12..", "2222/1112/2212/1212"),
        ("continue_rings(upper_left)", "12../22../..../....", "1212/2212/1112/2222"),
        ("continue_rings(innermost)", ".5.5.../55.5.../...5.../5555...", ".5.5.5./55.5.5./...5.5./5555.5."),
        ("continue_rings(box)", "...../...../..1../...../.....", "None"),
        ("ring_each(4)", ".../.1./...", "444/414/444"),
        ("shift_rings", "111/121/111", "222/212/222"),
        ("recolour_by_legend(rightwards, stays)", "12.../34.../...../..133", "12.../34.../...../..244"),
        ("recolour_by_legend(leftwards, goes)", "12.../34.../...../..244", "...../...../...../..133"),
        ("recolour_by_legend(rightwards, stays)", "12.../.....", "None"),
        ("recolour_by_legend(in_turn, stays)", "12.../24.../32.../...../.123.", "12.../24.../32.../...../.442."),
        ("recolour_by_legend(in_turn, goes)", "122../243../...../..132", "...../...../...../..434"),
        ("colour_from_edge(left, line)", "2.1./3.11", "2.2./3.33"),
        ("colour_from_edge(left, things)", "2.11/..1./....", "2.22/..2./...."),
        ("share_in_panels", "11..11/1...../......", "None"),
        ("share_in_panels", "111..111/1......1/111..111", "111..111/1.1..1.1/111..111"),
        ("overlay_around(5, 3)", "15...../......./.....52/.......", ".../152/..."),
        ("overlay_windows(four_corners, 2, 2)", "1.2/.../..3", "12/.3"),
        ("overlay_windows(left_and_right, 2, 2)", "1..2/3...", "12/3."),
        ("fly_home(own, vanish)", "22/../2./3.", "22/2./../.."),
        ("fly_home(own, stay)", "22/../2./3.", "22/2./../3."),
        ("pile_on(5)", ".1./555/.2./...", "None"),
        ("pile_on(5)", "1../.../1../555/.../.2.", ".../1../1../555/.2./..."),
        ("pile_on(5)", "1..5/.2.5/....", "..15/..25/...."),
        ("pile_on(5)", "1..5/..../5...", "None"),
        ("bring_to(8)", "3..../.88../.88.4/.....", "...../.38../.84../....."),
        ("heal(5)", "111/151/115", "111/111/111"),
        ("heal(1)", "11/11", "None"),
        ("paint_largest_clear(square, 4)", "1.../..../..../.1..", "1444/.444/.444/.1.."),
        ("paint_largest_clear(rectangle, 4)", "1.../..../1.../1111", "1444/.444/1444/1111"),
        ("echo(once, own)", "113..../11...../.......", "1111.../1111.../......."),
        ("echo(once, mark)", "113..../11...../.......", "1133.../1133.../......."),
        ("echo(to_border, mark)", "113..../11...../.......", "1133333/1133333/......."),
        ("reflect_at_mark(towards, own)", "1.../112./....", "1..1/1111/...."),
        ("reflect_at_mark(towards, mark)", "1.../112./....", "1..2/1122/...."),
        ("reflect_at_mark(away, own)", "..1./.112/....", "..1./111./...."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_hole_shows_what_its_mirror_image_is() -> None:
    before = "123321/456654/789987/7899../4566../123321"
    assert made("show_hole(mirrored)", before) == "87/54"


def test_windows_have_the_size_of_the_outputs() -> None:
    pairs = ("1..2", "12"), ("3..4", "34")
    assert ("left_and_right", 1, 2) not in fitted("overlay_windows", *pairs)  # lengths are two at least
    pairs = ("1..2/....", "12/.."), ("3..4/....", "34/..")
    assert ("left_and_right", 2, 2) in fitted("overlay_windows", *pairs)
