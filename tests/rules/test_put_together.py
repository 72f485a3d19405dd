"""What is rolled, unfolded, or made of several parts."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("roll_by_marks(left, first_to_mark)", "234/122", "None"),
        ("roll_by_marks(left, first_to_mark)", "111/222/133", "33/11/22"),
        ("roll_by_marks(left, mark_to_first)", "111/122/233", "33/11/22"),
        ("roll_by_marks(right_up, first_to_mark)", "4454/1234/4564/7895", "564/897/231"),
        ("roll_by_marks(down, mark_to_first)", "123/456/8.8", "231/564"),
        ("pile_panels(down)", "...5.../.1.522./.1.5...", "22./.1./.1."),
        ("pile_panels(down)", "...5.../...522./.1.5...", ".../22./.1."),
        ("pile_panels(up)", "...5.../...522./.1.5...", ".1./22./..."),
        ("pile_panels(down)", "1../1../555/2../2..", "None"),
        ("mirror_over_lines(own)", "1.5../.25../55555/..5../..5..", "1.5.1/.252./55555/.252./1.5.1"),
        ("mirror_over_lines(own)", "1../.2./555/...", "1../.2./555/.2."),
        ("mirror_over_lines(own)", "1../.2./...", "None"),
        ("mirror_over_lines(line)", "1../.2./555/...", "1../.2./555/.5."),
        ("list_plain_panels", "11522512/11522512/55555555/33512544/33521544", "12./3.4"),
        ("list_plain_panels", "12511521/21511512/55555555/12533522/21533522", "1./32"),
        ("list_plain_panels", "11522/11522", "None"),
        ("list_plain_panels", "11.22/11.22", "None"),
        ("fill_rooms_alike", "55555.5555/51525.5..5/55555.5555", "None"),
        ("fill_rooms_alike", "55555.555555/515.5.5.5..5/55555.555555", "55555.555555/515.5.515..5/55555.555555"),
        ("fill_rooms_alike", "55555.55555/51525.525.5/55555.55555", "None"),
        ("fill_rooms_alike", "55555/51525/55555", "None"),
        (
            "stamp_by_legend(corner, whole)",
            "11....../11....../2......./....2...",
            "11....../11....../2......./....11..",
        ),
        ("stamp_by_legend(side, whole)", "111..../2....../......./.....2.", "111..../2....../......./....111"),
        ("stamp_by_legend(side, whole)", "111..../2....../......./....3..", "None"),
        ("stamp_by_legend(side, marked)", "555..../2....../......./.....2.", "555..../2....../......./....222"),
        ("assemble_ring(side)", "11.2../1..2../..22../3.....", "112/1.2/322"),
        ("assemble_ring(side)", "11.2../1..2../..22../33....", "None"),
        ("assemble_ring(side)", "111.../...1.2/4.44.2/4....2", "None"),
        ("draw_in(2, horizontal, vanish, own)", "1.1.2.3/1.1...3", "..1123./......."),
        ("draw_in(2, horizontal, stay, ink4)", "1.1.2.3/1.1...3", "..4444./1.1...3"),
        ("draw_in(2, vertical, stay, own)", "1.1/.../2.2/...", ".../1.1/2.2/..."),
        ("draw_in(2, horizontal, vanish, own)", "1.1", "None"),
        ("join_pairs(left, 1w2)", "1..2./2.1.3/3..1.", "12.../21..3/3..1."),
        ("join_pairs(up, 1w1_2w3)", "1.2/.../1.3/1..", "1.2/1.3/1../..."),
        ("join_pairs(right, 1w2)", "1.3.2", "None"),
        ("crop_filled(corner)", "222..../2.2..../222..3.", "222/232/222"),
        ("crop_filled(side)", "222..../2.2..../222..33", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
