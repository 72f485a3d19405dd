"""One picture covers the whole grid."""

import pytest
from rules.grids import fitted, made

FRAMED = "......../.5555.../.5125.../.5345.../.5555.../........"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("repeat_all_over(box, plain, gaps00, vanishes)", "....../.12.../.34.../......", "434343/212121/434343/212121"),
        ("repeat_all_over(box, mirrored, gaps00, vanishes)", "12..../......", "122112/122112"),
        ("repeat_all_over(box, bricks, gaps11, vanishes)", "12....../......../......../........",
         "12.12.12/......../2.12.12./........"),
        ("repeat_all_over(box, stacks, gaps00, vanishes)", "1...../2...../....../......",
         "121212/212121/121212/212121"),
        ("repeat_all_over(box, checker, gaps00, vanishes)", "11....../......../........", "11..11../..11..11/11..11.."),
        ("repeat_all_over(framed, plain, gaps00, vanishes)", FRAMED,
         "12121212/34343434/12121212/34343434/12121212/34343434"),
        ("repeat_all_over(motley, plain, gaps00, stays)", "12...../.....5./......5", "1212121/1212151/1212125"),
        ("repeat_all_over(framed, plain, gaps00, vanishes)", "....../.12.../.34.../......", "None"),
        ("repeat_all_over(box, plain, gaps00, vanishes)", "1...../....../......", "None"),
    ],
)  # fmt: skip
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_fit_reads_gaps() -> None:
    pairs = [("12....../......../......../........", "12..12../......../..12..12/........")]
    assert fitted("repeat_all_over", *pairs) == [("box", "bricks", "gaps12", "vanishes")]
    assert fitted("repeat_all_over", ("12....../........", "12..21../........")) == []
