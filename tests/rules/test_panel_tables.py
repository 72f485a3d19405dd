"""Panels that agree, tell each other, change places or become one."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "agree_panels(rows)",
            "1.51.51./55555555/.25225.2",
            "1.51.51./55555555/.25.25.2",
        ),
        ("agree_panels(columns)", "1.52.5.3/55555555/.25225.2", "None"),
        ("agree_panels(all)", "1.51.511/55555555/1.51.5.1", "1.51.51./55555555/1.51.51."),
        # the second column is the first one in other colours
        ("fill_table_gap", "1.52./55555/.15.2/55555/115..", "1.52./55555/.15.2/55555/11522"),
        # or mirrored
        ("fill_table_gap", "1.5.1/55555/2.5..", "1.5.1/55555/2.5.2"),
        ("show_table_gap", "1.5.1/55555/2.5..", ".2"),
        # the third is both others
        ("show_table_gap", "1.5.2512/55555555/3.5.3533/55555555/4.5.65..", "46"),
        ("fill_table_gap", "1.52./55555/3.5..", "None"),
        (
            "cross_panels(row)",
            "..522533/55555555/1.5..5../55555555/.15..5..",
            "..522533/55555555/1.52.53./55555555/.15.25.3",
        ),
        ("cross_panels(and)", "..522/55555/1.5..", "..522/55555/1.51."),
        ("cross_panels(over)", "..5.2/55555/1.5..", "..5.2/55555/1.512"),
        ("cross_panels(row)", "..523/55555/1.5..", "None"),
        ("interleave(along)", "12534/12534", "1324/1324"),
        ("interleave(across)", "12534", "12/34"),
        ("interleave(along)", "11/55/22", "11/22"),
        ("interleave(along)", "1122", "1212"),
        ("sort_panels(most_size)", "1.5115..", "1151.5.."),
        ("sort_panels(most_specks)", "1111/1511/2225/2522/3333/3333", "2225/2522/1111/1511/3333/3333"),
        ("permute_panels(o10)", "1.522", "2251."),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_order_is_read_off() -> None:
    pairs = (("1.511", "1151."), ("2252.", "2252."))
    assert ("o10",) in fitted("permute_panels", ("1.522", "2251."), ("3354.", "4.533"))
    assert fitted("permute_panels", *pairs) == []
    assert ("most_size",) in fitted("sort_panels", ("1.511", "1151."), ("..52.", "2.5.."))
