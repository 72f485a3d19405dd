"""Ways over signs, gaps by their width, figures as large as a count."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("follow_signs(8, right, 2todown)", "8..2./...../.....", "8882./...8./...8."),
        ("follow_signs(8, right, 2todown_3toleft)", "8..2./...../...3.", "8882./...8./8883."),
        ("follow_signs(8, right, 2todown)", "8..3./...../.....", "None"),
        ("bridge_gaps(horizontal, widest, c4)", "1..1...1./.1..1....", "1..14441./.1441...."),
        ("bridge_gaps(vertical, narrowest, own)", "3/./3/./././3", "3/3/3/./././3"),
        ("bridge_gaps(horizontal, repeated, own)", "1..1..1...1", "1111111...1"),
        ("bridge_gaps(horizontal, widest, own)", "1..2", "None"),
        ("figure_counted(falling, singles, most, none)", "2.2./..../2...", "2../.2./..2"),
        ("figure_counted(checker, singles, least, most)", "2.2./..../3..2", "3232/2323/3232/2323"),
        ("figure_counted(frame, things, c5, none)", "2.2./..../2...", "555/5.5/555"),
        (
            "pack_things(corner, down, falling_size, gap1, begin)",
            "...2..../...2.33./...2..../..4.....",
            "......../2......./2......./2.33.4..",
        ),
        (
            "pack_things(corner, up, falling_size, gap1, begin)",
            "...2..../...2.33./...2..../..4.....",
            "..4.33.2/.......2/.......2/........",
        ),
        # of two as large the first; what is as broad as the grid is left out
        ("pack_things(corner, down, rising_size, gap0, begin)", "1.2./..../3333", "..../..../12.."),
        ("pack_things(corner, down, rising_size, gap0, begin)", "1.2./..../333.", "None"),
        ("pack_things(corner, left, rising_left, gap0, begin)", ".2../..33", "2.../33.."),
        ("exchange_two", "12./.21", "21./.12"),
        ("exchange_two", "12./.31", "None"),
        ("shear(down, coloured)", "..../12../12../12..", "..../12../.12./..12"),
        (
            "act_by(side, insight, 0tosame_1toall5_2tosame)",
            "...1.1/1.1.../...3.1/....../1..1..",
            "...5.1/1.1.../...3.5/....../1..5..",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
