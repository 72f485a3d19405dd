"""Which colour of a thing faces another one, or a border."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(mixed, facing, 0tosame_1tosame_2toturn)", "12...3/......", "21...3/......"),
        ("act_by(mixed, facing, 0tosame_1toturn_2tosame)", "12...3/......", "12...3/......"),
        ("act_by(mixed, facing, 0tosame_1tosame_2toturn)", "1.3/2../.../3..", "1.3/2../.../3.."),
        # what has a colour of its own in common is no goal, nor is what lies aslant
        ("act_by(mixed, facing, 0toall5_1tosame_2tosame)", "12..1./......", "55..5./......"),
        ("act_by(mixed, facinglarge, 0tosame_1tosame_2toturn)", "3.12.33/.....33", "3.21.33/.....33"),
        ("act_by(mixed, facingout, 0tosame_1toturn_2tosame)", ".12....../.........", ".12....../........."),
        (
            "act_by(mixed, facingout, 0tosame_1toturn_2tosame)",
            "....../....../.12.../....../......",
            "....../....../.21.../....../......",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
