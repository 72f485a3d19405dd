"""What is poured over things."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # into a basin, to its brim
        ("pour(1, down, pools)", "..1../...../2...2/2...2/22222", "...../...../21112/21112/22222"),
        ("pour(1, down, pools)", "..1../2..../2...2/2...2/22222", "...../2..../21112/21112/22222"),
        # beside it, onto the ground
        ("pour(1, down, pools)", ".1.../2.2../222../.....", "...../212../222../....."),
        ("pour(1, down, pools)", "1..../.2.2./.222./.....", "...../.2.2./.222./11111"),
        # over its end, and through a hole
        ("pour(1, down, pools)", ".1.../...../.2.../.....", "...../...../.2.../11111"),
        ("pour(1, down, pools)", ".1.../...../22.2./.....", "...../...../22.2./11111"),
        ("pour(1, down, stream)", ".1.../...../.2.../.....", ".1.../111../121../11111"),
        ("pour(1, down, both)", ".1./2.2/222", ".1./212/222"),
        ("pour(1, left, pools)", "222../2...1/222..", "222../211../222.."),
        ("pour(1, up, pools)", "222/2.2/.1.", "222/212/..."),
        ("pour(1, right, pools)", "..22/1..2/..22", "..22/..12/..22"),
        ("pour(1, down, pools)", "1/./.", "None"),
        ("pour(1, down, pools)", "2./..", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
