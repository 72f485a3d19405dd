"""Things that become images of what touches them."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("become_image(5, mirrored, own)", "2...../22.55./.2.55.", "None"),
        ("become_image(5, mirrored, own)", "2...../2255../2.55..", "2..5../2255../2..5.."),
        ("become_image(5, same, own)", "2...../2255../......", "2.5.../2255../......"),
        ("become_image(5, turned, own)", "2...../2255../......", "2.55../22.5../......"),
        ("become_image(5, mirrored, other)", "..../.5../.34./.3..", ".3../.3../.34./.3.."),
        # above; what touches nothing stays
        ("become_image(5, mirrored, own)", "5..../5...5/333../..3..", "..5../555.5/333../..3.."),
        ("become_image(5, mirrored, own)", "55/55", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
