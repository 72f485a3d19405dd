"""What lies on either side of a line changes places."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("exchange_sides(mirrored)", "1.523/.1532", "325.1/2351."),
        ("exchange_sides(moved)", "1.523/.1532", "2351./325.1"),
        ("exchange_sides(mirrored)", "77/3./1./55/.2", "77/3./.2/55/1."),
        ("exchange_sides(mirrored)", "77/77/1./55/.2", "77/77/1./55/.2"),
        ("exchange_sides(mirrored)", "12/21", "12/21"),
        ("exchange_sides(moved)", "151/555/.52", "25./555/151"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_way_is_read_off() -> None:
    assert fitted("exchange_sides", ("1.523/.1532", "2351./325.1")) == [("moved",)]
