"""Parts of a grid as one, where one of them says which other is seen."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("choose_layers(panels, part2, 0to0_1toa_2toc)", "34512534/43501567", "34/.3"),
        ("choose_layers(panels, part2, 1toa_2toc)", "34512534/43501567", "None"),
        ("choose_layers(panels, part4, 1toa_2toc)", "34512534/43501567", "None"),
        ("choose_layers(panels, marks, 22tob_21toa_12to0_11to0)", "34578/4.5.6", "78/4."),
        ("choose_layers(across2, part1, 3tob_4to8)", "3478/4367", "78/87"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_table_is_inferred() -> None:
    found = fitted(
        "choose_layers",
        ("34651205763/43351105436/34650125763", "36./43./.43"),
        ("67852115344/86651025344/67851205344", "378/8.4/64."),
    )
    assert found == [("panels", "part2", "0to0_1toa_2toc")]


def test_no_table_from_few_cells() -> None:
    assert fitted("choose_layers", ("345126/435015", "34/43"), ("675225/865115", "67/86")) == []
