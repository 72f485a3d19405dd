"""The colours that a thing faces with its tip or open side, or has behind it."""

from rules.grids import cells, fitted

from arc_ttt.rules.crowds import crowd

GRID = ".3......../........../..1.1...../..111...../........../5..7.....8/5..77....8/5..7....../........../..2......."


def test_what_is_met_first_is_faced() -> None:
    c = crowd(cells(GRID), "side")
    inks = {t.colour: ink for t, ink in zip(c.things, c.inks("faced"), strict=True)}
    behind = {t.colour: ink for t, ink in zip(c.things, c.inks("backed"), strict=True)}
    assert inks[7] == 8 and behind[7] == 5
    assert inks[1] == 0 and behind[1] == 7
    assert inks[5] == inks[3] == 0


def test_colour_that_is_faced_is_read_off() -> None:
    pairs = (
        ("444444/....../.1.1../.111../....../222222", "444444/....../.4.4../.444../....../222222"),
        ("3333333/......./.111.../.1.1.../......./6666666", "3333333/......./.666.../.6.6.../......./6666666"),
    )
    assert any("faced" in str(f) for f in fitted("act_by", *pairs))
