"""Rays, leaks, walks, and lines that go on."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("shoot_rays(1tor_2tosame, blocked, all)", "1.2./2...", "112./2..."),
        ("shoot_rays(1tor_2tosame, under, all)", "1.2./2...", "1121/2..."),
        ("shoot_rays(1tor_2tosame, over, all)", "1.2./2...", "1111/2..."),
        ("shoot_rays(1tor3_2tosame, meeting, all)", "1.2./1...", "132./1..."),
        ("shoot_rays(xtolr, pairing, all)", "1.1.2", "111.2"),
        ("shoot_rays(xtoqezc, blocked, all)", "..../.4../....", "4.4./.4../4.4."),
        ("shoot_rays(5tosame_xtou, blocked, all)", "5.../..../1.52", "5..2/1..2/1.52"),
        ("shoot_rays(1tor, blocked, single)", "1.../..../11..", "1111/..../11.."),
        ("shoot_rays(1tor_2tou_metto7, blocked, all)", "1.../..../.2..", "1711/.2../.2.."),
        ("shoot_rays(xtoudlr_metto7, under, all)", "1../.../..2", "117/1.2/722"),
        ("shoot_rays(1tor, blocked, all)", "12..", "None"),
        ("shoot_rays(xtod, clearing, single)", "1.2/.../11./.22", "1.2/1.2/.12/12."),
        (
            "shoot_rays(1tosame_xtor, indoors, all)",
            "...1111./3..1..1./...1.41./...1111.",
            "...1111./3..1331./...1.41./...1111.",
        ),
        ("shoot_rays(1tosame_xtor, indoors, all)", "...1111./3..1.41./...1111.", "...1111./3..1341./...1111."),
        ("shoot_rays(1tosame_xtor, indoors, all)", "..11111/3.11..1/..11111", "..11111/3.11331/..11111"),
        (
            "shoot_rays(1tosame_xtor, indoors, all)",
            "..11111/3.14..1/..11111/.....1.",
            "..11111/3.14..1/..11111/.....1.",
        ),
        ("fill_and_leak(straight, 4)", "111./1.1./1.../111.", "111./141./1444/111."),
        ("fill_and_leak(none, 4)", "111./1.1./1.../111.", "111./141./144./111."),
        ("fill_and_leak(fan, 4)", "1111/1..1/1.11/..../....", "1111/1441/1411/444./.4.4"),
        ("fill_and_leak(straight, 4)", "111/1.1/111", "None"),
        ("draw_pointed(spot_out, blocked, own)", "112...", "112222"),
        ("draw_pointed(spot_out, blocked, other)", "112...", "112111"),
        ("draw_pointed(spot_back, blocked, own)", "..112", "22112"),
        ("draw_pointed(tip, blocked, own)", "11../11../..1./....", "11../11../..1./...1"),
        ("draw_pointed(notch, blocked, own)", "...../...../.1.../.11../.....", "....1/...1./.1.../.11../....."),
        ("draw_pointed_in(spot_out, through, 5)", "112.3.", "112535"),
        ("hit_pointed(spot_out, empty)", "112.3", "112.."),
        ("hit_pointed(spot_out, own)", "112.3", "112.2"),
        ("hit_pointed(spot_back, ink5)", "3.112", "5.112"),
        ("hit_pointed(spot_out, other)", "1..../.1.../..2../...../....3", "1..../.1.../..2../...../....1"),
        # what touches it is not hit, nor the border
        ("hit_pointed(tip, empty)", "11../11../..1./...3", "None"),
        ("hit_pointed(spot_out, empty)", "112..", "None"),
        ("elbow_between(1, 2, 3)", "1../.../..2", "133/..3/..2"),
        ("elbow_between(2, 1, 3)", "1../.../..2", "1../3../332"),
        ("elbow_between(1, 2, 3)", "1.1/..2", "None"),
        ("flood_in_turn(1, 2, side)", "1..5/55.5/....", "1215/5525/1212"),
        ("shoot_turning(1, right, 3tor_2tol)", "1..3/..../..../....", "1113/..1./..1./..1."),
        ("shoot_turning(2, down, 8tob)", ".2../..../88../....", ".2../222./882./..2."),
        ("shoot_turning(2, down, 8tob)", "..2../...../..8../.....", "..2../.222./.282./.2.2."),
        ("shoot_turning(2, down, 8tof)", "..2../...../..8../.....", "..2../22222/..8../....."),
        ("shoot_turning(1, right, 3tos)", "1..3", "1113"),
        ("shoot_turning(1, right, 3top)", "1.3.", "1131"),
        ("shoot_turning(1, right, 2tol)", "1..3", "None"),
        ("lengthen_slanting(ends)", "1.../.1../..../....", "1.../.1../..1./...1"),
        ("lengthen_slanting(long_sides)", "1..../.1.../.....", "1...1/.1.1./..1.."),
        ("lengthen_slanting(thrown_back)", "1../.1./.../...", "1../.1./1.1/.1."),
        ("ray_in_turn(right, 5)", "8....", "85858"),
        ("ray_in_turn(right, 5)", "88...", "None"),
        ("widen(down)", "..1../...../.....", "..1../.111./11111"),
        ("continue_runs(right, whole)", "123.../......", "123123/......"),
        ("continue_runs(right, smallest)", "1212../123...", "121212/123..."),
        ("continue_runs(across, whole)", "..12..", "121212"),
        ("continue_runs(right, whole)", "1.2...", "None"),
        (
            "continue_runs(right, to_wall)",
            "1212..5./123..5../..12....",
            "1212125./123..5../..12....",
        ),
        ("repeat_box(down)", "12/3./../..", "12/3./12/3."),
        ("repeat_box(across)", "..12.", "12121"),
        ("continue_shifted(down)", "1.../.1../..../....", "1.../.1../..1./...1"),
        ("continue_shifted(down)", "1../.2./...", "None"),
        ("bounce(up, 1)", "../../1.", "1./.1/1."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_rays_are_read_off_where_all_of_them_are_painted() -> None:
    pairs = (".../.4./...", "4.4/.4./4.4"), ("..../..../.4../....", "...4/4.4./.4../4.4.")
    assert ("4toqezc", "blocked", "all") in fitted("shoot_rays", *pairs)


def test_directions_that_do_not_belong_together_are_chance() -> None:
    assert fitted("shoot_rays", (".../.4./...", "..4/.44/.4.")) == []


def test_rays_of_many_colours_that_do_the_same_are_one_entry() -> None:
    pairs = ("1...", "1111"), ("2...", "2222")
    assert fitted("shoot_rays", *pairs)[0] == ("xtor", "blocked", "all")


def test_turns_are_read_off_all_demonstrations() -> None:
    pairs = ("1..3/..../....", "1113/..1./..1."), ("..../..../1.2.", ".1../.1../112.")
    assert fitted("shoot_turning", *pairs) == [(1, "right", "2tol_3tor")]


def test_what_is_hit_is_read_off() -> None:
    assert ("spot_out", "empty") in fitted("hit_pointed", ("112.3", "112.."), ("3/./2/1/1", "././2/1/1"))
    assert fitted("hit_pointed", ("112.3", "112.."), ("3/./2/1/1", "3/./1/1/1")) == []


def test_colours_that_shoot_alike_may_each_be_blocked_in_some_directions() -> None:
    pairs = (
        ("5..../.3.../...../.....", "5.3../.3.../3.3../...3."),
        ("..../.2../5.../....", "2.2./.2../5.2./...2"),
    )
    assert ("5tosame_xtoqezc", "blocked", "all") in fitted("shoot_rays", *pairs)


def test_where_rays_meet_is_read_off() -> None:
    pairs = (
        ("1...../....../....../...2..", "111711/...2../...2../...2.."),
        ("...../1..../...../..2..", "..2../11711/..2../..2.."),
    )
    assert ("1tor_2tou_metto7", "blocked", "all") in fitted("shoot_rays", *pairs)
