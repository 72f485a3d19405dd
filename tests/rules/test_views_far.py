"""Views of what is far away and of images: what they show of small grids."""

import pytest
from rules.grids import cells, text

from arc_ttt.rules.learned_views_images import VIEWS, scene


@pytest.mark.parametrize(
    ("name", "grid", "seen"),
    [
        ("stepsleft", "1...", "(15)123"),
        ("stepsleftoftwo", "1...", "(15)1.1"),
        ("linestepsup", "1./../..", ".(.)/11/22"),
        ("distanceoftwo", "1...", ".1.1"),
        ("nearestsure", "1.2", "1.1"),
        ("markdiagonal", "1../.../..2", "(15)(15)(15)/(15)(15)(15)/(15)(15)(15)"),
        ("markdiagonal", "1../.../...", "1../.1./..1"),
        ("markcross", "1../.../...", "111/1../1.."),
        ("inthinglower", "1./1./1./1.", "../../1./1."),
        ("inthingupper", "1./1./1.", "1./../.."),
        ("thingfromleftoftwo", "1.1.1", ".(15)1(15)."),
        ("inroomchecker", "1111./1..1./1..1./1111.", "....1/.12.2/.21.1/....2"),
        ("inroomcolumn", "1.../1.../1111/...1", ".121/.121/..../121."),
        ("inroomring", "11111/1...1/1...1/1...1/11111", "...../.111./.121./.111./....."),
        ("rowends", "1.1/2.3", "111/..."),
        ("lineends", "1.1/...", "111/..."),
        ("listdown", "12/../..", "(10)(10)/11/22"),
        ("listright", "1../2..", "(10)12/(10)12"),
        (
            "listroomring",
            "12...../......./5555555/5.....5/5.....5/5.....5/5555555",
            ("XXXXXXX/XXXXXXX/XXXXXXX/X11111X/X12221X/X11111X/XXXXXXX").replace("X", "(10)"),
        ),
        ("listfromleft", "34.../...../6.7.8/6.7.8", "XXXXX/XXXXX/3X4X3/3X4X3".replace("X", "(10)")),
        ("motleyfirst", "1123/1111/..../5555", "2222/2222/XXXX/XXXX".replace("X", "(10)")),
        ("motleylast", "1123/1111/..../5555", "3333/3333/XXXX/XXXX".replace("X", "(10)")),
        ("cluster", "2.2.1/1111./1111.", "222../...../....."),
        ("inspan", "1.1/.2./1.1", "111/121/111"),
        ("boxleftright", ".12./....", "(10)21(10)/(10)(10)(10)(10)"),
        ("thingsupsidedown", "12./3../..4", "3.(10)/12(10)/(10)(10)4"),
        ("panelsleftright", "1252./..5.3", "21(10).2/..(10)3."),
        ("unlikeleftright", "12.1", ".11."),
        ("unlikehalfturn", "12/21", "../.."),
        ("thingsunlikeleftright", "12..3", "11..."),
        ("headsink", "134/1../3../4..", "1../1../.3./..4"),
        ("rowtwin", "12/3./12/..", "11/../11/.."),
        ("columntwin", "112/33.", "11./11."),
        ("peersall", "1.5../..5.3", "1.(10)1./.3(10).3"),
        ("rowmost", "112/12.", "111/(10)(10)(10)"),
        ("columnhasrarest", "112/11.", "..1/..1"),
        ("coneup", "...../...../..1..", "11111/.111./....."),
        ("coneright", "1.../..../..2.", ".111/.11(10)/..1(10)"),
    ],
)
def test_what_a_view_shows(name: str, grid: str, seen: str) -> None:
    """Numbers of two digits are in brackets."""
    rows = scene(cells(grid))[name].tolist()
    shown = "/".join("".join("." if v == 0 else str(v) if v < 10 else f"({v})" for v in row) for row in rows)
    assert shown == seen.replace("(.)", ".")


def test_views_fit_a_byte_and_the_grid() -> None:
    for grid in ("1", "1.2/.../3.1", "5.5.5/.5.5."):
        for name in VIEWS:
            view = scene(cells(grid))[name]
            assert view.shape == cells(grid).shape and view.max() <= 15, (name, text(cells(grid)))
